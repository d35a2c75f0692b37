// Warns before the sign-in ends, on every page of somebody signed in (docs/adr/0020). All words are in the page.
(() => {
  const box = document.getElementById('session-end');
  if (!box || !box.showModal) return;
  const { idle, left, warn, who, stay } = box.dataset;
  const words = box.querySelector('[data-count]');
  const after = (seconds) => Date.now() + seconds * 1000;
  let idleEnd = after(idle);
  let lastEnd = after(left);
  let dismissed = '';

  // What another tab of the same browser has done counts here too.
  const channel = window.BroadcastChannel ? new BroadcastChannel('kontor-session') : null;
  const tell = () => channel?.postMessage({ who, idleEnd, lastEnd });
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.who !== who) return location.reload();
      idleEnd = Math.max(idleEnd, data.idleEnd);
      lastEnd = Math.max(lastEnd, data.lastEnd);
      look();
    };
  }

  function show(name) {
    if (name === box.dataset.shows) return;
    box.dataset.shows = name;
    for (const part of box.querySelectorAll('[data-part]')) part.hidden = part.dataset.part !== name;
    box.querySelector('[role=alert]').hidden = true;
    if (name) {
      box.setAttribute('aria-labelledby', `session-${name}`);
      if (!box.open) box.showModal();
      box.querySelector(`[data-part=${name}] [data-first]`).focus();
    } else if (box.open) {
      box.close();
    }
  }

  function look() {
    const end = Math.min(idleEnd, lastEnd);
    const rest = end - Date.now();
    const name = rest <= 0 ? 'over' : rest > warn * 1000 ? '' : lastEnd <= idleEnd ? 'last' : 'soon';
    if (!name) dismissed = '';
    const minutes = Math.ceil(rest / 60000);
    const text = minutes > 1 ? words.dataset.count.replace('#', minutes) : minutes > 0 ? words.dataset.one : '';
    if (words.textContent !== text) words.textContent = text;
    show(name === dismissed ? '' : name);
  }

  async function goOn() {
    try {
      const answer = await fetch(stay, { method: 'POST', headers: { accept: 'application/json' } });
      if (answer.status === 401) {
        idleEnd = 0;
      } else {
        const { idle, left } = await answer.json();
        idleEnd = after(idle);
        lastEnd = after(left);
        tell();
      }
      look();
    } catch {
      box.querySelector('[role=alert]').hidden = false;
    }
  }

  function dismiss() {
    dismissed = box.dataset.shows;
    look();
  }

  box.addEventListener('click', ({ target }) => {
    if (target.closest('[data-stay]')) goOn();
    if (target.closest('[data-dismiss]')) dismiss();
  });
  // Whoever presses Escape is still there.
  box.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (box.dataset.shows === 'soon') goOn();
    else dismiss();
  });
  document.addEventListener('visibilitychange', look);
  setInterval(look, 1000);
  tell();
})();
