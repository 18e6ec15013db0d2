#!/bin/sh
# 给 Gitee Go、Jenkins、cron 和别的系统用。
#   check.sh [项目]         只查
#   check.sh 项目 输出      查了再生成；有错误的县不换，输出里原有的页面还在
# 退出码照 gkdir 的：0 完成，1 有错误，2 用法不对，3 程序自身的毛病。
set -eu
export TZ="${TZ:-Asia/Shanghai}"
project="${1:-.}"
if [ "$#" -lt 2 ]; then
  exec gkdir check "$project"
fi
exec gkdir build "$project" -o "$2" --date "$(date +%F)"
