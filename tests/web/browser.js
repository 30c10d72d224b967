// The pages as people use them: clicking, by keyboard, without JavaScript, on a small screen, printed, with axe-core.
// Environment: KABAR_URL, KABAR_PHONE (of a bidan), KABAR_SHOTS (a directory for pictures). Prints "ok …" and "not ok …".
'use strict';
const { chromium } = require('playwright-core');
const fs = require('fs');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const url = process.env.KABAR_URL;
const pages = ['/', '/pws', '/kematian', '/kelengkapan', '/laporan', '/kotak-masuk', '/pendaftaran', '/pendaftaran/daftar', '/triwulan', '/sambungan', '/latihan'];
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];
let complaints = [];

function check(name, good, why) {
	console.log(`${good ? 'ok' : 'not ok'} ${name}`);
	if (!good && why !== undefined) console.log(`# ${String(why).slice(0, 600)}`);
}

async function shot(page, name) {
	await page.screenshot({ path: `${process.env.KABAR_SHOTS}/${name}.png`, fullPage: true });
}

function listen(page) {
	page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
	page.on('pageerror', (error) => complaints.push(error.message));
	page.on('request', (request) => { if (!request.url().startsWith(url) && !request.url().startsWith('data:')) complaints.push(`request to ${request.url()}`); });
}

// Does what leads to another page and waits until that is there whole, however long it takes: an act alone is done before.
async function leads(page, act) {
	await Promise.all([page.waitForEvent('load'), act]);
}

// A wait has a bound against hanging only.
async function open(context) {
	const page = await context.newPage();
	page.setDefaultTimeout(180000);
	listen(page);
	return page;
}

async function login(context, account) {
	const page = await open(context);
	await page.goto(`${url}/masuk`);
	await page.fill('#nama', account);
	await page.fill('#sandi', `rahasia-${account}-123`);
	await leads(page, page.click('.k-login button'));
	await page.waitForSelector('.k-nav');
	return page;
}

async function clicking(page) {
	await page.goto(`${url}/pws`);
	const desa = page.locator('.k-map a').nth(40);
	const name = (await desa.getAttribute('aria-label')).split(':')[0];
	await leads(page, desa.locator('path').click({ force: true }));
	check('from the map to a desa', (await page.textContent('h1')).includes(name), await page.textContent('h1'));
	await leads(page, page.click('.k-path a'));
	await leads(page, page.click('.k-table tbody a >> nth=0'));
	check('from the table to a kecamatan', /PWS/.test(await page.textContent('h1')));
	await leads(page, page.selectOption('#indikator', 'stunting'));
	await page.waitForURL(/indikator=stunting/);
	check('a choice shows its page at once', await page.locator('.k-figures .is-here', { hasText: 'stunting' }).count() === 1);
	await page.goto(`${url}/laporan`);
	await leads(page, page.click('.k-table tbody a >> nth=0'));
	check('from the list to a report', /pesan asli/i.test(await page.textContent('main')));
	await page.click('details summary');
	check('how it was read', (await page.textContent('details pre')).length > 100);
	await shot(page, 'laporan-rinci');
	const [download] = await Promise.all([page.waitForEvent('download'), page.goto(`${url}/pws`).then(() => page.click('text=Excel'))]);
	fs.copyFileSync(await download.path(), `${process.env.KABAR_SHOTS}/pws.xlsx`);
	check('a table as Excel', download.suggestedFilename() === 'pws.xlsx');
}

async function deeds(page) {
	await page.goto(`${url}/kotak-masuk`);
	await page.click('.k-tasks summary >> nth=0');
	await page.fill('textarea >> nth=0', 'Jadwal imunisasi hari Rabu, di Puskesmas.');
	await leads(page, page.click('button:has-text("Kirim SMS") >> nth=0'));
	check('an answer to the inbox', (await page.textContent('.k-done')).includes('dikirim'));
	await page.goto(`${url}/pendaftaran`);
	await leads(page, page.click('button:has-text("Setujui") >> nth=0'));
	check('a registration is approved', /aktif/i.test(await page.textContent('.k-done')), await page.textContent('.k-done'));
	await page.goto(`${url}/pendaftaran`);
	await leads(page, page.click('text=Daftarkan banyak orang'));
	await page.setInputFiles('#berkas', { name: 'kader.csv', mimeType: 'text/csv', buffer: Buffer.from(
		'nomor;nama;peran;wilayah;posyandu\n0812 7700 0001;Sri Wahyuni;kader;35.03.01.2004;\n0812 7700 0002;Dewi Lestari;kader;35.03.01.2004;\n') });
	await leads(page, page.click('button:has-text("Periksa dulu")'));
	check('a list is shown before it is stored', (await page.textContent('.k-lead')).includes('2 orang baru'), await page.textContent('main'));
	await shot(page, 'daftar-periksa');
	await leads(page, page.click('button:has-text("Simpan 2 orang")'));
	check('... and stored when confirmed', /2 orang sudah tersimpan/.test(await page.textContent('.k-done')));
	await page.goto(`${url}/`);
	const before = await page.locator('#kematian .k-tasks li').count();
	await leads(page, page.click('button:has-text("Terima kabar ini") >> nth=0'));
	check('a death is confirmed', await page.locator('#kematian .k-tasks li').count() === before - 1, before);
	await shot(page, 'hari-ini');
}

async function practice(page) {
	await page.goto(`${url}/latihan?nomor=${encodeURIComponent(process.env.KABAR_PHONE)}`);
	await leads(page, page.click('button[value=dial]'));
	for (const answer of ['1', 'bu siti aminah', '28', '2', '1', '1', '3,2', '0', '4', '2', '1', '1']) {
		await page.fill('#teks', answer);
		await leads(page, page.press('#teks', 'Enter'));
	}
	const talk = await page.textContent('.k-phone .k-talk');
	check('a birth by USSD on the practice phone', /L\d{4}-\d{4}.*Siti Aminah/s.test(talk), talk.slice(-300));
	await page.fill('#teks', 'MATI IBU#SARMI#34#KEMARIN#NIFAS#RSUD#PERDARAHAN');
	await leads(page, page.press('#teks', 'Enter'));
	check('... shows what other phones get', /KEMATIAN M\d{4}-0001/.test(await page.textContent('.k-7')));
	await shot(page, 'latihan');
}

async function accessible(page) {
	for (const path of pages) {
		await page.goto(url + path);
		await page.addScriptTag({ content: '' }).catch(() => {}); // the CSP refuses it: axe is run from outside
		const result = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })`);
		const serious = result.violations.filter((violation) => ['serious', 'critical'].includes(violation.impact));
		check(`axe: ${path}`, serious.length === 0, serious.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(' ')}`).join('; '));
		await shot(page, `lebar${path.replace(/\//g, '-')}`);
	}
}

async function small(browser) {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
	const page = await login(context, 'dinkes');
	for (const path of pages) {
		await page.goto(url + path);
		const width = await page.evaluate('document.documentElement.scrollWidth');
		check(`360 px: ${path}`, width <= 360, width);
		await shot(page, `kecil${path.replace(/\//g, '-')}`);
	}
	await context.close();
}

async function printed(page) {
	await page.goto(`${url}/triwulan`);
	const pdf = await page.pdf({ preferCSSPageSize: true, path: `${process.env.KABAR_SHOTS}/triwulan.pdf` });
	const count = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) || []).length;
	check('the quarter prints on at most two sheets', count >= 1 && count <= 2, count);
	await page.emulateMedia({ media: 'print' });
	check('no navigation on paper', !(await page.isVisible('.k-nav')) && !(await page.isVisible('.k-tools')));
	await page.emulateMedia({ media: 'screen' });
}

async function plain(browser) {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await login(context, 'dinkes');
	for (const path of pages) {
		const response = await page.goto(url + path);
		check(`without JavaScript: ${path}`, response.status() === 200 && await page.isVisible('h1'));
	}
	await page.goto(`${url}/pws`);
	await page.selectOption('#indikator', 'lahir');
	await leads(page, page.click('text=Tampilkan'));
	check('... a filter by its button', page.url().includes('indikator=lahir'));
	await context.close();
}

async function keyboard(browser) {
	const context = await browser.newContext();
	const page = await open(context);
	await page.goto(`${url}/masuk`);
	await page.waitForFunction(() => document.activeElement.id === 'nama');    // the cursor comes after the page's load
	await page.keyboard.type('dinkes');
	await page.keyboard.press('Tab');
	await page.keyboard.type('rahasia-dinkes-123');
	await leads(page, page.keyboard.press('Enter'));
	await page.keyboard.press('Tab');
	check('keyboard: the first stop skips to the content', await page.evaluate('document.activeElement.className') === 'k-skip');
	await page.goto(`${url}/pws`);
	let found = false;
	for (let i = 0; i < 80 && !found; i++) {
		await page.keyboard.press('Tab');
		found = await page.evaluate('!!document.activeElement.closest(".k-map")');
	}
	check('keyboard: into the map', found);
	await leads(page, page.keyboard.press('Enter')).catch(() => {});
	check('keyboard: from the map to a desa', page.url().includes('wilayah=35.03.'), page.url());
	await context.close();
}

async function english(page) {
	await page.goto(`${url}/pws`);
	await leads(page, page.click('text=English'));
	check('English', /Monitoring/.test(await page.textContent('.k-nav')) && await page.getAttribute('html', 'lang') === 'en');
	await leads(page, page.click('text=Bahasa Indonesia'));
	check('and back', await page.getAttribute('html', 'lang') === 'id');
}

async function tail(page) {
	await page.goto(`${url}/sambungan`);
	await page.locator('#ekor', { hasText: /in inbound=|out id=/ }).waitFor().catch(() => {});
	check('the log as it is written', /in inbound=|out id=|link/.test(await page.textContent('#ekor')), await page.textContent('#ekor'));
}

(async () => {
	const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
	const page = await login(await browser.newContext({ viewport: { width: 1200, height: 900 } }), 'dinkes');
	for (const step of [clicking, deeds, practice, accessible, printed, english, tail]) {
		await step(page).catch((error) => check(step.name, false, error.message));
	}
	for (const step of [small, plain, keyboard]) await step(browser).catch((error) => check(step.name, false, error.message));
	complaints = complaints.filter((text) => !/status of 4\d\d|Refused to execute inline|violates the following Content Security Policy/.test(text));
	check('no complaint in the console, no request elsewhere', complaints.length === 0, complaints.join('; '));
	await browser.close();
})().catch((error) => { check('browser', false, error.message); process.exit(1); });
