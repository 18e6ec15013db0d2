/* floor PACK FOLDER: writes the files of a pack into a new folder, with nothing but the system's own calls. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void need(int fine, const char *what)
{
    if (!fine) {
        perror(what);
        exit(1);
    }
}

int main(int count, char **arguments)
{
    struct stat about;
    int pack = count == 3 ? open(arguments[1], O_RDONLY) : -1;
    need(pack >= 0 && fstat(pack, &about) == 0, "pack");
    const char *at = mmap(NULL, about.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, pack, 0);
    need(at != MAP_FAILED, "pack");
    need(mkdir(arguments[2], 0777) == 0 && chdir(arguments[2]) == 0, arguments[2]);
    for (const char *end = at + about.st_size; at < end;) { /* a path, a size, so many bytes; of a folder the path */
        const char *path = at;
        at += strlen(at) + 1;
        if (at[-2] == '/') {
            need(mkdir(path, 0777) == 0, path);
            continue;
        }
        long size = atol(at);
        at += strlen(at) + 1;
        int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        need(file >= 0 && write(file, at, size) == size && close(file) == 0, path);
        at += size;
    }
    return 0;
}
