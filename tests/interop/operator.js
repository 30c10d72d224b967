// node-smpp is the operator: every birth report of the corpus gets ESME_ROK and one reply that fits one SMS and stands in
// the store as the corpus says; in every conversation of tests/play that goes over SMS the phones read the same texts as
// with kabarctl play. Prints TAP.
'use strict';
const {execFileSync, spawn} = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const smpp = require('smpp');

const top = process.env.top_srcdir;
const bin = process.env.top_builddir;
const shim = path.resolve(bin, 'tests/shims/wallclock.so');
const noon = '2024-08-15 03:00:00'; // UTC: the clock of the corpus
const patience = 20000; // milliseconds for a reply
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
		this.now = noon;
		this.replies = [];
		this.open = {}; // of long texts, by phone
		this.wanted = [];
		if (template)
			for (const name of ['kabar.db', 'kabar.db.key']) {
				fs.copyFileSync(path.join(template.dir, name), path.join(this.dir, name));
				fs.chmodSync(path.join(this.dir, name), 0o600);
			}
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
			this.onSubmit('+' + pdu.destination_addr, pdu.short_message);
			this.wanted = this.wanted.filter((want) => !want());
		});
	}

	// Long texts come in parts, in their order: 05 00 03, reference, total, number.
	onSubmit(to, {message, udh}) {
		const part = (udh || []).map((element) => Buffer.from(element)).find((element) => element[0] === 0);
		const text = (part && part[4] > 1 ? this.open[to] : '') + message.toString();
		if (part && part[4] < part[3])
			this.open[to] = text;
		else
			this.replies.push({to, text});
	}

	// When there are so many replies.
	count(number) {
		return new Promise((resolve) => {
			const want = () => this.replies.length >= number && (resolve(), true);
			if (!want())
				this.wanted.push(want);
			setTimeout(resolve, patience).unref();
		});
	}

	environment() {
		return Object.assign({}, process.env, fs.existsSync(shim) ?
			{LD_PRELOAD: shim, WALLCLOCK_OFFSET: String(Math.round((Date.parse(this.now.replace(' ', 'T') + 'Z') - Date.now()) / 1000))} : {});
	}

	ctl(...args) {
		execFileSync(path.resolve(bin, 'kabarctl'), ['-c', path.join(this.dir, 'kabar.conf'), ...args],
			{env: this.environment(), stdio: 'pipe'});
	}

	async start() {
		const port = await this.listen();
		const conf = ['forms', 'menus', 'messages', 'lexicon', 'dialects'].filter((name) => fs.existsSync(`${top}/conf/${name}`))
			.map((name) => `${name} = ${top}/conf/${name}`).join('\n');
		fs.writeFileSync(path.join(this.dir, 'kabar.conf'), `[gateway]\nname = uji\ncontrol =\nquiet =\n${conf}\n[store]\n` +
			`path = ${this.dir}/kabar.db\n[smsc uji]\nhost = 127.0.0.1\nport = ${port}\nsystem_id = kabar\n` +
			'password = rahasia\naddress = 2255\nrate = 0\nwindow = 100\n' +
			'[limits]\nreplies_per_sender_per_day = 100000\nquick_time = 0\nchat_answers = 2\nchat_answers_per_day = 5\n' +
			'[reminders]\nday = 0\nsummary_day = 0\n'); // as in tests/integration/transcripts.pl
	}

	async run() {
		if (!fs.existsSync(path.join(this.dir, 'kabar.db')))
			execFileSync(path.resolve(bin, 'kabarctl'), ['-c', path.join(this.dir, 'kabar.conf'), 'store', 'init']);
		const bound = new Promise((resolve) => { this.onBound = resolve; });
		const log = fs.openSync(path.join(this.dir, 'kabard.log'), 'a');
		this.kabard = spawn(path.resolve(bin, 'kabard'), ['-c', path.join(this.dir, 'kabar.conf'), '-f'],
			{env: this.environment(), stdio: ['ignore', log, log]});
		this.ended = new Promise((resolve) => this.kabard.on('exit', (code) => resolve(code)));
		const ended = this.ended.then((code) => { throw new Error(`kabard ended with ${code}: ` +
			fs.readFileSync(path.join(this.dir, 'kabard.log'))); });
		await Promise.race([bound, ended]);
	}

	// Delivers; the status of the response.
	deliver(from, text) {
		const coding = smpp.encodings.detect(text);
		const octets = smpp.encodings[coding].encode(text);
		const field = octets.length > 254 ? 'message_payload' : 'short_message';
		return new Promise((resolve) => this.session.deliver_sm({source_addr_ton: 1, source_addr_npi: 1,
			source_addr: from.replace('+', ''), destination_addr: '2255',
			data_coding: {ASCII: 0, LATIN1: 3, UCS2: 8}[coding], [field]: octets},
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

	// The exit status; 0 when there is nothing to stop.
	async stop() {
		if (!this.kabard)
			return 0;
		this.kabard.kill('SIGTERM');
		const code = await this.ended;
		this.session.destroy();
		this.kabard = undefined;
		return code;
	}

	reports() {
		const rows = execFileSync('sqlite3', ['-readonly', '-json', path.join(this.dir, 'kabar.db'),
			"SELECT fields FROM reports WHERE status IN ('accepted', 'verified') ORDER BY id"]).toString();
		return rows.trim() ? JSON.parse(rows).map((row) => JSON.parse(row.fields)) : [];
	}

	remove() {
		this.server.close();
		fs.rmSync(this.dir, {recursive: true});
	}
}

function unescape(text) {
	return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g,
		(whole, code, plain) => code ? String.fromCharCode(parseInt(code, 16)) : ({n: '\n', t: '\t'}[plain] || plain));
}

// A NIK: what is in it tests/integration/corpus.pl sees.
function sealed(text) {
	return /^<~1:.*~>$/.test(text);
}

function difference(expected, reports) {
	const want = expected.filter((report) => report.status === 'accepted');
	if (want.length !== reports.length)
		return `${reports.length} reports, expected ${want.length}`;
	for (let i = 0; i < want.length; i++)
		for (const [field, value] of Object.entries(want[i].fields || {}))
			if (String(reports[i][field]) !== String(value) && !sealed(reports[i][field]))
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

// The texts that each phone got, in its order.
function byPhone(messages) {
	const texts = {};
	for (const [to, text] of messages)
		(texts[to] = texts[to] || []).push(text);
	return Object.keys(texts).sort().map((to) => [to, ...texts[to]]);
}

async function conversation(name, steps) {
	const gateway = new Gateway();
	const want = [];
	let bad = '';
	await gateway.start();
	for (const step of steps) {
		want.push(...step.want);
		if (step.restart)
			bad = bad || await gateway.stop() && `${step.line}: exit status`;
		if (!gateway.kabard)
			gateway.now = step.now;
		if (step.import)
			gateway.ctl('import', ...step.import);
		if (!gateway.kabard && (step.restart || step.from))
			await gateway.run();
		if (step.from && await gateway.deliver(step.from, step.text))
			bad = bad || `${step.line}: not acknowledged`;
		if (gateway.kabard)
			await gateway.count(want.length);
	}
	bad = bad || await gateway.stop() && 'exit status';
	const got = JSON.stringify(byPhone(gateway.replies.map(({to, text}) => [to, text])), null, 1);
	const expected = JSON.stringify(byPhone(want), null, 1);
	ok(!bad && got === expected, name, bad || `got ${got}\nexpected ${expected}`);
	gateway.remove();
}

async function conversations() {
	const lines = execFileSync('perl', [`-I${top}/tests/integration`, '-MTranscript', '-e', 'Transcript::print_all'],
		{maxBuffer: 1 << 28}).toString();
	for (const line of lines.split('\n').filter(Boolean)) {
		const {name, steps} = JSON.parse(line);
		await conversation(name, steps);
	}
}

async function main() {
	const template = new Gateway();
	await template.start();
	template.server.close();
	template.ctl('import', 'areas', `${top}/conf/areas/wilayah.csv`);
	for (const kind of ['puskesmas', 'posyandu', 'people'])
		template.ctl('import', kind, `${top}/tests/corpus/context/${kind}.csv`);
	await corpus(template);
	await conversations();
	template.remove();
	console.log(`1..${tests}`);
	console.log(`# ${tests - failed} passed, ${failed} failed`);
	process.exit(failed ? 1 : 0);
}

main().catch((error) => { ok(false, 'it runs', error.stack); process.exit(1); });
