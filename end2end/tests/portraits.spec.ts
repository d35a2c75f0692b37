import { expect, test } from '../support/fixtures';
import { expectWellMade } from '../support/well-made';

/** An image of this size in one colour. */
function bitmap(width: number, height: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const image = Buffer.alloc(54 + row * height, 0x80);
  image.fill(0, 0, 54);
  image.write('BM', 0, 'latin1');
  image.writeUInt32LE(image.length, 2);
  image.writeUInt32LE(54, 10);
  image.writeUInt32LE(40, 14);
  image.writeInt32LE(width, 18);
  image.writeInt32LE(height, 22);
  image.writeUInt16LE(1, 26);
  image.writeUInt16LE(24, 28);
  image.writeUInt32LE(row * height, 34);
  return image;
}

test('A customer sees what their contact looks like', async ({ as, javaScriptEnabled }) => {
  const pm = await as('pm');
  await pm.goto('/account');
  const panel = pm.locator('#portrait');
  await panel.getByLabel('Image').setInputFiles({ name: 'me.txt', mimeType: 'text/plain', buffer: Buffer.from('no image') });
  await panel.getByRole('button', { name: 'Use image' }).click();
  await expect(panel).toContainText('This file is not an image that can be used.');
  await panel.getByLabel('Image').setInputFiles({ name: 'me.bmp', mimeType: 'image/bmp', buffer: bitmap(200, 300) });
  await panel.getByRole('button', { name: 'Use image' }).click();
  await expect(pm.getByText('Your portrait is saved.')).toBeVisible();
  await expect(panel.locator('img')).toHaveJSProperty('naturalWidth', 128);
  if (javaScriptEnabled) await expectWellMade(pm);

  const ben = await as('ben');
  await ben.goto('/');
  const contact = ben.locator('#contact img').first();
  await contact.scrollIntoViewIfNeeded();
  await expect(contact).toHaveJSProperty('naturalWidth', 128);
  if (javaScriptEnabled) await expectWellMade(ben);
});
