"""An error of the operating system → a sentence that says what to do about it."""

from __future__ import annotations

import errno
import os

REFUSED = {
    errno.ENOSPC: "磁盘满了，写不进去。请腾出空间，或换一个地方。",
    errno.EDQUOT: "您的磁盘配额用完了，写不进去。请腾出空间，或换一个地方。",
    errno.EACCES: "没有权限读写这里，或者文件正在别的程序里开着。请关掉它、换一个文件夹，或请管理员给您权限。",
    errno.EPERM: "系统不许读写这里。请换一个文件夹，或请管理员给您权限。",
    errno.EROFS: "这里是只读的，写不进去。请换一个地方。",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹。请检查路径。",
    errno.ENAMETOOLONG: "路径太长，系统不收。请换一个短一些的地方。",
    errno.EFBIG: "文件太大，这里写不下。请换一个地方。",
    errno.EEXIST: "这里已经有同名的文件或文件夹，没有动它。请移走、改名，或换一个地方。",
    errno.EISDIR: "这里已经有一个同名的文件夹，没有动它。请换一个名字。",
    errno.ENOTEMPTY: "这个文件夹里还有别的东西，没有动它。请移走、改名，或换一个地方。",
    errno.ELOOP: "路径里的链接绕回了自己。请检查路径。",
    errno.EBUSY: "正被别的程序用着。请关掉打开它的程序，再运行一次。",
    errno.ETXTBSY: "正被别的程序用着。请关掉打开它的程序，再运行一次。",
    errno.EIO: "磁盘读写出错。请检查磁盘，或换一个地方。",
    errno.EMFILE: "同时打开的文件太多，系统不许再开。请关掉别的程序，或请管理员放宽。",
    errno.ENFILE: "同时打开的文件太多，系统不许再开。请关掉别的程序，或请管理员放宽。",
    errno.ENOMEM: "内存不够。请关掉别的程序，再运行一次。",
    errno.ENXIO: "这里不是文件，是程序之间通话用的，打不开。请移走，或换一个地方。",
    errno.ENODEV: "这里不是能读写的文件。请换一个地方。",
    errno.EILSEQ: "系统不收这样的文件名。请改名，或换一个地方。",
    errno.ENOLCK: "这个地方不能上锁，多半是网络磁盘。请换到本机的磁盘上。",
    errno.EOPNOTSUPP: "这个地方不支持这样读写，多半是网络磁盘。请换到本机的磁盘上。",
    errno.ENOTCONN: "网络磁盘断开了。请等它恢复，再运行一次。",
    errno.ETIMEDOUT: "网络磁盘没有回应。请等它恢复，再运行一次。",
    errno.ESTALE: "网络磁盘断开了。请等它恢复，再运行一次。",
}
"""errno → message for the user."""

OF_WINDOWS = {
    32: errno.EBUSY,  # open in another program
    33: errno.EBUSY,  # locked by another program
    39: errno.ENOSPC,
    59: errno.ENOTCONN,
    64: errno.ENOTCONN,
    121: errno.ETIMEDOUT,
    123: errno.EILSEQ,  # not a valid file name
    161: errno.EILSEQ,  # not a valid path
    206: errno.ENAMETOOLONG,
    1224: errno.EBUSY,  # open, and mapped into memory
    1231: errno.ENOTCONN,
}
"""Windows error → errno, where Python's own mapping loses the reason."""
MAX_WINDOWS_PATH = 259
"""The most characters of a path on Windows by default; a longer path is reported as missing."""


def why_refused(error: OSError) -> str | None:
    """A message for an error of the operating system; ``None`` for other errors."""
    import shutil  # rarely needed

    number: int | None = getattr(error, "winerror", None)
    if number == 3 and len(os.path.abspath(os.fsdecode(error.filename or ""))) > MAX_WINDOWS_PATH:  # noqa: PTH100 - of a text
        number = 206
    if number in OF_WINDOWS:
        return REFUSED[OF_WINDOWS[number]]
    if isinstance(error, shutil.Error) or (error.errno == errno.ENOENT and error.filename is None):
        # The errors of shutil for a tree that could not be copied, and of tempfile for a missing temporary folder.
        return "放临时文件的地方写不进去，多半是磁盘满了。请腾出空间，再运行一次。"
    if error.errno == errno.ENOENT:  # the parent does not exist, or a file has just been removed
        return "没有这个地方：路径不对，或者刚被移走、改名。请检查路径，再运行一次。"
    return REFUSED.get(error.errno or 0)
