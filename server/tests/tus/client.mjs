// Sends a file with the public client of tus: node client.mjs URL FILE. Who sends what stands in the environment.
// Says "sending" somewhere in the middle of the one request, and goes on when a line comes on standard input.
import { createReadStream, readSync, statSync } from 'node:fs';

import { Upload } from 'tus-js-client';

const [url, file] = process.argv.slice(2);
const { EMAIL, PASSWORD, METADATA } = process.env;

const signedIn = await fetch(`${url}/_fn/sign_in/sign_in`, {
  method: 'POST',
  redirect: 'manual',
  body: new URLSearchParams({ email: EMAIL, password: PASSWORD }),
});
const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');

const size = statSync(file).size;
let told = false;
const upload = new Upload(createReadStream(file), {
  endpoint: `${url}/uploads`,
  headers: { Cookie: cookie },
  metadata: JSON.parse(METADATA),
  retryDelays: [0, 200, 500, 1000, 1000, 2000, 2000, 3000, 3000, 5000, 5000],
  onProgress: (sent) => {
    if (told || sent < size / 4) return;
    told = true;
    console.log('sending');
    // Nothing moves here until the other side has done what it wants to do.
    readSync(0, Buffer.alloc(1));
  },
  onAfterResponse: (request, response) => {
    if (request.getMethod() === 'HEAD') console.log(`resumed ${response.getHeader('Upload-Offset')}`);
  },
  onError: (error) => {
    console.log(`failed ${error}`);
    process.exit(1);
  },
  onSuccess: ({ lastResponse }) => {
    console.log(`done ${lastResponse.getHeader('Location')}`);
    process.exit(0);
  },
});
upload.start();
