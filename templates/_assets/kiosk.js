// 查询机：没人碰了就回首页，下一位不会看到上一位查的；长按不弹菜单。没有脚本时页面照样能用。
'use strict';
(() => {
  const IDLE = 90000;
  let timer = 0;
  const home = () => {
    if (location.hash) location.replace('#home');
    scrollTo(0, 0);
  };
  const wake = () => {
    clearTimeout(timer);
    timer = setTimeout(home, IDLE);
  };
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove']) addEventListener(kind, wake, { passive: true });
  addEventListener('contextmenu', (event) => event.preventDefault());
  addEventListener('hashchange', () => scrollTo(0, 0));
  wake();
})();
