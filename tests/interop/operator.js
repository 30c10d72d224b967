// node-smpp is the operator: every birth report of the corpus gets ESME_ROK and one reply that fits one SMS, stands in
// the store as the corpus says, and a conversation goes as over any other codec. Prints TAP.
'use strict';
const {execFileSync, spawn} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const smpp = require('smpp');

const top = process.env.top_srcdir;
const bin = process.env.top_builddir;
const shim = path.resolve(bin, 'tests/integration/wallclock.so');
const noon = Date.parse('2024-08-15T03:00:00Z'); // the clock of the corpus
let tests = 0;
let failed = 0;

function ok(good, name, detail) {
	tests++;
	if (!good)
		failed++;
	console.log(`${good ? 'ok' : 'not ok'} ${tests} - ${name}`);
	if (!good && detail)
		console.log('# ' + String(detail).replace(/\n/g, '\n# '));
}

// One kabard with a store of its own, and what was sent to phones.
class Gateway {
	constructor(template) {
		this.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kabar-interop-'));
		this.replies = [];
		this.wanted = [];
		if (template)
			fs.copyFileSync(path.join(template.dir, 'kabar.db'), path.join(this.dir, 'kabar.db'));
	}

	listen() {
		return new Promise((resolve) => {
			this.server = smpp.createServer((session) => this.onSession(session));
			this.server.listen(0, '127.0.0.1', () => resolve(this.server.address().port));
		});
	}

	onSession(session) {
		this.session = session;
		session.on('bind_transceiver', (pdu) => {
			session.send(pdu.response({system_id: 'node-smpp'}));
			this.onBound();
		});
		session.on('enquire_link', (pdu) => session.send(pdu.response()));
		session.on('unbind', (pdu) => session.send(pdu.response()));
		session.on('error', () => {});
		session.on('submit_sm', (pdu) => {
			session.send(pdu.response({message_id: String(this.replies.length + 1)}));
			const text = pdu.short_message.message.toString();
			this.replies.push({to: '+' + pdu.destination_addr, text, coding: pdu.data_coding});
			this.wanted = this.wanted.filter((want) => !want());
		});
	}

	environment() {
		return Object.assign({}, process.env, fs.existsSync(shim) ?
			{LD_PRELOAD: shim, WALLCLOCK_OFFSET: String(Math.round((noon - Date.now()) / 1000))} : {});
	}

	ctl(...args) {
		execFileSync(path.resolve(bin, 'kabarctl'), ['-c', path.join(this.dir, 'kabar.conf'), ...args],
			{env: this.environment(), stdio: 'pipe'});
	}

	async start() {
		const port = await this.listen();
		const conf = ['forms', 'menus', 'messages', 'lexicon', 'dialects'].filter((name) => fs.existsSync(`${top}/conf/${name}`))
			.map((name) => `${name} = ${top}/conf/${name}`).join('\n');
		fs.writeFileSync(path.join(this.dir, 'kabar.conf'), `[gateway]\nname = uji\ncontrol =\n${conf}\n[store]\n` +
			`path = ${this.dir}/kabar.db\n[smsc uji]\nhost = 127.0.0.1\nport = ${port}\nsystem_id = kabar\n` +
			'password = rahasia\naddress = 2255\nrate = 0\n');
	}

	async run() {
		const bound = new Promise((resolve) => { this.onBound = resolve; });
		const log = fs.openSync(path.join(this.dir, 'kabard.log'), 'a');
		this.kabard = spawn(path.resolve(bin, 'kabard'), ['-c', path.join(this.dir, 'kabar.conf'), '-f'],
			{env: this.environment(), stdio: ['ignore', log, log]});
		this.ended = new Promise((resolve) => this.kabard.on('exit', (code) => resolve(code)));
		await bound;
	}

	// Delivers; the status of the response.
	deliver(from, text) {
		return new Promise((resolve) => this.session.deliver_sm({source_addr_ton: 1, source_addr_npi: 1,
			source_addr: from.replace('+', ''), destination_addr: '2255', short_message: text},
			(response) => resolve(response.command_status)));
	}

	// The reply with that number to a phone, from 0.
	reply(to, number) {
		const find = () => this.replies.filter((reply) => reply.to === to)[number];
		return new Promise((resolve) => {
			if (find())
				return resolve(find());
			this.wanted.push(() => find() && (resolve(find()), true));
		});
	}

	async stop() {
		this.kabard.kill('SIGTERM');
		const code = await this.ended;
		this.server.close();
		this.session.destroy();
		return code;
	}

	reports() {
		const rows = execFileSync('sqlite3', ['-readonly', '-json', path.join(this.dir, 'kabar.db'),
			"SELECT fields FROM reports WHERE status IN ('accepted', 'verified') ORDER BY id"]).toString();
		return rows.trim() ? JSON.parse(rows).map((row) => JSON.parse(row.fields)) : [];
	}

	remove() {
		fs.rmSync(this.dir, {recursive: true});
	}
}

function unescape(text) {
	return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g,
		(whole, code, plain) => code ? String.fromCharCode(parseInt(code, 16)) : ({n: '\n', t: '\t'}[plain] || plain));
}

function difference(expected, reports) {
	const want = expected.filter((report) => report.status === 'accepted');
	if (want.length !== reports.length)
		return `${reports.length} reports, expected ${want.length}`;
	for (let i = 0; i < want.length; i++)
		for (const [field, value] of Object.entries(want[i].fields || {}))
			if (String(reports[i][field]) !== String(value))
				return `${field} is ${reports[i][field]}, expected ${value}`;
	return '';
}

async function corpus(template) {
	const lines = fs.readFileSync(`${top}/tests/corpus/dev.tsv`, 'utf8').split('\n').filter((line) => line && line[0] !== '#');
	for (const line of lines) {
		const [id, from, text, expect] = line.split('\t');
		const want = JSON.parse(expect).reports;
		if (!want || want.some((report) => report.form !== 'lahir'))
			continue;
		const gateway = new Gateway(template);
		await gateway.start();
		await gateway.run();
		ok(await gateway.deliver(from, unescape(text)) === 0, `row ${id}: ESME_ROK`);
		const reply = await gateway.reply(from, 0);
		ok(reply.text.length <= 160, `row ${id}: fits one SMS`, reply.text);
		ok(await gateway.stop() === 0, `row ${id}: exit status 0`);
		ok(gateway.replies.filter((one) => one.to === from).length === 1, `row ${id}: one reply`);
		const bad = difference(want, gateway.reports());
		ok(!bad, `row ${id}: stored as expected`, `${text}: ${bad}`);
		gateway.remove();
	}
}

async function conversation(template) {
	const gateway = new Gateway(template);
	const from = '+6281200000001';
	await gateway.start();
	await gateway.run();
	await gateway.deliver(from, 'LAHIR#SITI#25#14/8/24#3000#48#PKM#BIDAN#HIDUP');
	ok(/jenis kelamin/i.test((await gateway.reply(from, 0)).text), 'what is missing is asked', gateway.replies[0].text);
	await gateway.deliver(from, 'L');
	ok(/L2408-0001.*siti/i.test((await gateway.reply(from, 1)).text), 'one word completes it', gateway.replies[1].text);
	ok(await gateway.stop() === 0, 'exit status 0');
	ok(gateway.reports().length === 1, 'one report');
	gateway.remove();
}

async function main() {
	const template = new Gateway();
	await template.start();
	template.server.close();
	template.ctl('import', 'areas', `${top}/conf/areas/wilayah.csv`);
	for (const kind of ['puskesmas', 'posyandu', 'people'])
		template.ctl('import', kind, `${top}/tests/corpus/context/${kind}.csv`);
	await corpus(template);
	await conversation(template);
	template.remove();
	console.log(`1..${tests}`);
	console.log(`# ${tests - failed} passed, ${failed} failed`);
	process.exit(failed ? 1 : 0);
}

main();
