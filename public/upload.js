// Sends chosen files in parts (tus 1.0), several at once, each with its progress, and goes on where a line broke
// (docs/adr/0031). Without this script the form around it sends its files itself. All words are in the page.
(() => {
  const box = document.querySelector('[data-upload]');
  const form = box?.closest('form');
  if (!form || !window.XMLHttpRequest) return;
  const { target, id, most, after, endpoint } = box.dataset;
  const words = box.dataset;
  const PART = 8 * 1024 * 1024;
  const AT_ONCE = 3;
  const PAUSES = [500, 1500, 4000];
  const chooser = form.querySelector('input[type=file][name=file]');
  const camera = form.querySelector('[data-camera]');
  const list = box.querySelector('ul');
  const live = box.querySelector('[role=status]');
  const pattern = box.querySelector('template');
  const submit = form.querySelector('button[type=submit], button:not([type])');
  const files = [];
  let sending = false;

  const say = (text) => (live.textContent = text);
  const field = (name) => form.elements[name]?.value ?? '';
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  function metadata(file) {
    const pairs = { filename: file.name, filetype: file.type, target, title: field('title'), note: field('note') };
    if (id) pairs.id = id;
    else Object.assign(pairs, { organisation_id: field('organisation_id'), category: field('category') });
    return Object.entries(pairs)
      .map(([key, value]) => (value ? `${key} ${base64(value)}` : key))
      .join(',');
  }

  // What this tab began is found again after the page was loaded anew and the same file is chosen.
  const mark = ({ file }) =>
    ['upload', target, id, field('organisation_id'), field('category'), file.name, file.size, file.lastModified].join('|');
  const kept = {
    get: (row) => sessionStorage.getItem(row.mark) ?? undefined,
    set: (row) => sessionStorage.setItem(row.mark, row.url),
    drop: (row) => row.mark && sessionStorage.removeItem(row.mark),
  };

  // One request. Resolves with its answer, whatever the status; rejects where none came.
  function ask(row, method, url, headers, body) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      row.request = request;
      request.open(method, url);
      request.setRequestHeader('Tus-Resumable', '1.0.0');
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      if (body) request.upload.onprogress = ({ loaded }) => progress(row, row.offset + loaded);
      request.onload = () => resolve(request);
      request.onerror = request.onabort = request.ontimeout = () => reject(new Error('no answer'));
      request.send(body ?? null);
    });
  }

  function progress(row, bytes) {
    const percent = Math.min(100, Math.floor((bytes / row.file.size) * 100));
    row.bar.value = percent;
    row.state.textContent = percent < 100 ? `${words.uploading} ${percent} %` : words.finishing;
  }

  // waiting, sending, done, failed (may go on), refused (for good), cancelled
  function become(row, name, text, error) {
    row.name = name;
    row.item.classList.toggle('is-bad', Boolean(error));
    row.state.textContent = text;
    row.error.textContent = error ?? '';
    row.error.hidden = !error;
    row.bar.hidden = name !== 'sending';
    const action = { waiting: 'remove', sending: 'cancel', failed: 'retry', cancelled: 'retry', refused: 'remove' }[name];
    row.button.hidden = !action;
    if (action) {
      row.button.querySelector('[data-words]').textContent = words[action];
      row.button.querySelector('.vh').textContent = ` ${row.file.name}`;
    }
    if (name === 'refused' || name === 'failed') say(`${row.file.name}: ${error}`);
    row.item.dataset.state = name;
  }

  // What the server says is wrong, in the reader's language.
  const said = (answer) =>
    answer.getResponseHeader('Content-Type')?.startsWith('text/plain') ? answer.responseText : words.failed;
  const later = (answer) => Object.assign(new Error('later'), { said: said(answer) });
  const again = (status) => status >= 500 || status === 409 || status === 423 || status === 429 || status === 460;

  // Begins, or asks how far it is.
  async function begin(row, mine) {
    row.mark = mark(row);
    row.url ??= kept.get(row);
    if (row.url) {
      const answer = await ask(row, 'HEAD', row.url, {});
      if (answer.status === 200) return Number(answer.getResponseHeader('Upload-Offset'));
      if (again(answer.status)) throw later(answer);
      row.url = undefined;
      kept.drop(row);
    }
    const headers = { 'Upload-Length': row.file.size, 'Upload-Metadata': metadata(row.file) };
    const answer = await ask(row, 'POST', endpoint, headers);
    if (answer.status !== 201) return answer;
    const url = answer.getResponseHeader('Location');
    if (!mine()) {
      // Cancelled before it had an address.
      giveUp(url);
      throw new Error('cancelled');
    }
    row.url = url;
    kept.set(row);
    return 0;
  }

  // One attempt; the answer that ends it, or an error where another one is worth it.
  async function attempt(row, mine) {
    const begun = await begin(row, mine);
    if (typeof begun !== 'number') {
      if (again(begun.status) && begun.status !== 409) throw later(begun);
      return begun;
    }
    row.offset = begun;
    for (;;) {
      progress(row, row.offset);
      const part = row.file.slice(row.offset, row.offset + PART);
      const headers = { 'Upload-Offset': row.offset, 'Content-Type': 'application/offset+octet-stream' };
      const answer = await ask(row, 'PATCH', row.url, headers, part);
      // A file that is asked for once and has come meanwhile says so in words; an upload that moved on does not matter.
      if (again(answer.status)) throw later(answer);
      if (answer.status !== 204) return answer;
      row.offset = Number(answer.getResponseHeader('Upload-Offset'));
      row.pauses = 0;
      if (row.offset >= row.file.size) return answer;
    }
  }

  async function send(row) {
    become(row, 'sending', words.uploading);
    row.pauses = 0;
    const turn = (row.turn = (row.turn ?? 0) + 1);
    const mine = () => row.turn === turn && row.name === 'sending';
    for (;;) {
      try {
        const answer = await attempt(row, mine);
        if (!mine()) return;
        kept.drop(row);
        if (answer.status === 204) {
          row.location = answer.getResponseHeader('Location');
          become(row, 'done', words.done);
        } else {
          row.url = undefined;
          become(row, 'refused', '', said(answer));
        }
        return;
      } catch (error) {
        if (!mine()) return;
        if (row.pauses >= PAUSES.length) return become(row, 'failed', '', error.said ?? words.failed);
        await new Promise((resolve) => {
          row.wake = resolve;
          setTimeout(resolve, PAUSES[row.pauses]);
        });
        row.pauses += 1;
        if (!mine()) return;
      }
    }
  }

  const giveUp = (url) => ask({}, 'DELETE', url, {}).catch(() => {});

  function cancel(row) {
    become(row, 'cancelled', words.cancelled);
    row.wake?.();
    if (row.url) {
      row.request?.abort();
      giveUp(row.url);
      row.url = undefined;
      kept.drop(row);
    }
    say(`${row.file.name}: ${words.cancelled}`);
  }

  function remove(row) {
    files.splice(files.indexOf(row), 1);
    row.item.remove();
    box.hidden = files.length === 0;
    chooser.focus();
    if (files.length > 0 && count('done') === files.length) pump();
  }

  const count = (name) => files.filter((row) => row.name === name).length;

  // Starts what waits, as far as there is room; leads on when all is done.
  async function pump() {
    sending = true;
    submit.disabled = true;
    for (const row of files) {
      if (row.name !== 'waiting' || count('sending') >= AT_ONCE) continue;
      send(row).then(pump);
    }
    if (count('sending') > 0) return;
    sending = false;
    submit.disabled = false;
    const done = count('done');
    if (done > 0) say(words.count.replace('#', done).replace('#', files.length));
    if (done > 0 && done === files.length) location.assign(files.length === 1 ? files[0].location : after);
  }

  function act(row) {
    if (row.name === 'sending') cancel(row);
    else if (row.name === 'waiting' || row.name === 'refused') remove(row);
    else {
      become(row, 'waiting', words.waiting);
      pump();
    }
  }

  const size = (bytes) => {
    const at = Math.min(4, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'][at];
    const style = { style: 'unit', unit, unitDisplay: at ? 'short' : 'long', maximumFractionDigits: 1 };
    return new Intl.NumberFormat(document.documentElement.lang, style).format(bytes / 1000 ** at);
  };

  function add(chosen) {
    for (const file of chosen) {
      // A form that takes one file has the last one that was chosen.
      if (most === '1') while (files.length && !sending) remove(files[0]);
      if (most === '1' && files.length) break;
      const item = pattern.content.firstElementChild.cloneNode(true);
      const row = { file, item, offset: 0 };
      row.state = item.querySelector('[data-state]');
      row.error = item.querySelector('.error');
      row.bar = item.querySelector('progress');
      row.button = item.querySelector('button');
      item.querySelector('[data-name]').textContent = file.name;
      item.querySelector('[data-size]').textContent = size(file.size);
      row.bar.setAttribute('aria-label', file.name);
      row.button.addEventListener('click', () => act(row));
      files.push(row);
      list.append(item);
      become(row, 'waiting', words.waiting);
      if (file.size === 0) become(row, 'refused', '', words.empty);
    }
    box.hidden = files.length === 0;
    if (files.length > 0) say(words.chosen.replace('#', files.length));
  }

  function take(input) {
    add([...input.files]);
    // They stand in the list now, and more may follow.
    input.value = '';
  }

  if (most !== '1') chooser.multiple = true;
  chooser.addEventListener('change', () => take(chooser));
  if (camera && matchMedia('(pointer: coarse)').matches) {
    camera.hidden = false;
    const photo = camera.querySelector('input');
    photo.addEventListener('change', () => take(photo));
  }
  const zone = chooser.closest('.drop');
  for (const name of ['dragenter', 'dragover']) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add('is-over');
    });
  }
  zone.addEventListener('dragleave', () => zone.classList.remove('is-over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('is-over');
    add([...event.dataTransfer.files]);
  });
  form.addEventListener('submit', (event) => {
    // Without a file the server says what is missing.
    if (files.length === 0) return;
    event.preventDefault();
    if (sending) return;
    const wrong = [...form.elements].find((element) => element.type !== 'file' && element.willValidate && !element.checkValidity());
    if (wrong) return wrong.reportValidity();
    for (const row of files) if (row.name === 'failed' || row.name === 'cancelled') become(row, 'waiting', words.waiting);
    pump();
  });
  addEventListener('beforeunload', (event) => sending && event.preventDefault());
})();
