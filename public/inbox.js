// Acts on the list of what waits without leaving the page: sends the form, and takes over what the page that follows
// says. Without this script, and whenever anything fails, the form is sent as forms are.
(() => {
  const todo = document.getElementById('todo');
  if (!todo) return;
  // What says how much waits, and what was done about it. The live region stays, so that its words are heard.
  const parts = ['#todo > .panel-head', '#todo-list', '#todo-said', '.pagehead', '.tiles', '.sidebar', '.tabbar', '#account-menu'];
  let busy = false;

  // Where somebody goes on: at the item that came back, or at the one that moved up.
  function goOn(key, at) {
    const rows = [...document.querySelectorAll('#todo-list > .inbox > li')];
    const row = rows.find((row) => row.dataset.item === key) ?? rows[Math.min(at, rows.length - 1)];
    (row?.querySelector('.title') ?? document.getElementById('todo-title')).focus();
  }

  function take(page) {
    const now = page.getElementById('todo');
    todo.className = now.className;
    for (const part of parts) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (old && fresh && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    }
    document.title = page.title;
    // Acts of other areas say it on top of the page.
    const [toast, said] = [page.querySelector('main > .toast'), document.getElementById('todo-said')];
    if (toast && said && !said.childNodes.length) said.append(...toast.childNodes);
  }

  async function send(form, button) {
    const row = form.closest('li');
    const rows = [...document.querySelectorAll('#todo-list > .inbox > li')];
    const at = Math.max(rows.indexOf(row), 0);
    const open = Boolean(todo.querySelector('details[open]'));
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.set(button.name, button.value);
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!answer.ok || !page.getElementById('todo')) throw new Error(answer.status);
    take(page);
    if (open) todo.querySelector('details')?.setAttribute('open', '');
    goOn(body.get('item'), at);
  }

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('#todo form[data-act]') || form.dataset.plain) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await send(form, event.submitter);
    } catch {
      // Signed out, out of order, the network away: the page that follows says it better.
      form.dataset.plain = 'yes';
      form.requestSubmit(event.submitter);
    } finally {
      busy = false;
    }
  });
})();
