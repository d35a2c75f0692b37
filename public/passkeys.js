// Passkeys: hands the challenge in the page to the browser, and posts the answer with the form around it.
// Without this script, or in a browser without passkeys, those forms stay hidden (docs/adr/0018).
(() => {
  const kind = window.PublicKeyCredential;
  if (!kind?.parseRequestOptionsFromJSON || !kind.prototype.toJSON) return;
  const forms = [...document.querySelectorAll('form[data-passkey]')];
  let asked;

  const ask = async (form, quietly) => {
    const create = form.dataset.passkey === 'create';
    const error = form.querySelector('[role=alert]');
    error.hidden = true;
    asked?.abort();
    asked = new AbortController();
    const options = JSON.parse(form.dataset.options);
    const request = { signal: asked.signal };
    if (quietly) request.mediation = 'conditional';
    request.publicKey = create ? kind.parseCreationOptionsFromJSON(options) : kind.parseRequestOptionsFromJSON(options);
    try {
      const answer = await (create ? navigator.credentials.create(request) : navigator.credentials.get(request));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch (reason) {
      if (quietly || reason.name === 'AbortError') return;
      const known = reason.name === 'InvalidStateError';
      error.querySelector('span').textContent = known ? form.dataset.known : form.dataset.failed;
      error.hidden = false;
    }
  };

  for (const note of document.querySelectorAll('[data-no-passkey]')) note.hidden = true;
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (form.reportValidity()) ask(form, false);
    });
  }
  const quiet = forms.find((form) => form.dataset.conditional);
  if (quiet) kind.isConditionalMediationAvailable?.().then((can) => can && ask(quiet, true));
})();
