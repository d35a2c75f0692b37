// Switches notifications on in this browser, after a click and never before, and says on an installed phone that there
// are any. Without this script, or in a browser that has none, both stay hidden. All words are in the page.
(() => {
  const can = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  const later = 'kontor-push-later';

  function hint(box) {
    const installed = matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;
    if (!can || !installed || Notification.permission === 'denied') return;
    try {
      if (localStorage.getItem(later)) return;
    } catch {
      return;
    }
    box.hidden = false;
    box.querySelector('[data-later]').addEventListener('click', () => {
      localStorage.setItem(later, 'yes');
      box.hidden = true;
      document.getElementById('todo-title')?.focus();
    });
  }

  function panel(box) {
    const form = box.querySelector('form[data-push]');
    if (!form) return;
    const note = (name) => {
      for (const words of box.querySelectorAll('[data-note]')) words.hidden = words.dataset.note !== name;
    };
    if (!can) {
      // Safari on an iPhone can, once the portal is on its home screen.
      if (navigator.standalone === false) {
        box.hidden = false;
        note('install');
      }
      return;
    }
    box.hidden = false;
    const { key, here } = form.dataset;
    const button = form.querySelector('button');
    const text = (buffer) =>
      btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

    async function subscribe() {
      const registration = await navigator.serviceWorker.register('/sw.js');
      await navigator.serviceWorker.ready;
      const held = await registration.pushManager.getSubscription();
      const told = held?.options?.applicationServerKey;
      // A browser takes messages signed with the key it was told only; the portal may have another by now.
      if (held && told && text(told) !== key) await held.unsubscribe();
      return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    }

    function fill(subscription) {
      const { endpoint, keys } = subscription.toJSON();
      const values = { endpoint, p256dh: keys.p256dh, auth: keys.auth };
      for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    }

    async function look() {
      if (Notification.permission === 'denied') return note('denied');
      const registration = await navigator.serviceWorker.getRegistration('/');
      const held = await registration?.pushManager.getSubscription();
      if (held && here && Notification.permission === 'granted') {
        // On. Its address may have changed while nobody was signed in.
        fill(await subscribe());
        const body = new URLSearchParams(new FormData(form));
        body.set('quiet', 'yes');
        await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
        return;
      }
      // Switched off here or elsewhere: the browser forgets it as well.
      await held?.unsubscribe();
      form.hidden = false;
    }

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      note('');
      button.disabled = true;
      try {
        const answer = await Notification.requestPermission();
        if (answer !== 'granted') return note(answer === 'denied' ? 'denied' : 'unanswered');
        fill(await subscribe());
        form.submit();
      } catch {
        note('failed');
      } finally {
        button.disabled = false;
      }
    });
    look().catch(() => {
      form.hidden = false;
    });
  }

  const [hinted, panelled] = ['hint', 'panel'].map((name) => document.querySelector(`[data-push-${name}]`));
  if (hinted) hint(hinted);
  if (panelled) panel(panelled);
})();
