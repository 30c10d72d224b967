/* The whole gateway under mutated PDUs, in one process: the real loop, links, inbox, worker,
 * flows, store and outbox, an SMSC of a few lines at the other end of a socket, and a clock that we
 * move.
 *
 * Screens go stale while their submits are under way, responses come late, twice or never, sessions
 * are torn. What a sanitizer or an assertion sees ends it; when nothing does, the gateway must
 * still acknowledge and answer a plain message. KABAR_MUTANTS says how many PDUs, KABAR_SEED which.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/gateway.h"
#include "gateway/os/clock.h"
#include "gateway/os/log.h"
#include "store/people/person.h"
#include "tests/fuzz/mutant_pdu.h"

#define WORLD_PDUS 50000 /* then a new gateway and a new store: leaks show at its end */
#define START	   1723690800000LL /* 2024-08-15 10:00 WIB */
#define HELD_MOST  8192 /* octets that are lost when a session is torn */
#define PEOPLE	   30
#define SETTLE	   20000 /* rounds of a millisecond until the last message must be answered */

struct smsc {
	struct event_base *base;
	int listener, fd, port;
	uint32_t sequence;
	uint8_t in[FRAME_MAX], out[1 << 20];
	size_t nin, nout;
	struct mutant_submits submits;
	uint32_t withheld[64]; /* screens that are answered when they are stale */
	size_t nwithheld;
	uint32_t wanted; /* deliver_sm_resp that is waited for */
	bool acknowledged, answered;
	bool bound;
	bool good; /* each submit is taken */
};

static struct counts {
	unsigned long pdus, sessions, ok, refused, defects, nacks, submits, screens, stale;
} counts;
static char directory[64], conf_path[80], store_path[80], dialect_path[80];
static struct gateway gateway;
static struct smsc smsc;

static void must(bool good, const char *what)
{
	if (good)
		return;
	printf("Bail out! %s\n", what);
	exit(1);
}

static void listen_here(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t length = sizeof(address);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	smsc.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	must(smsc.listener >= 0 &&
			bind(smsc.listener, (struct sockaddr *)&address, sizeof(address)) == 0 &&
			listen(smsc.listener, 8) == 0 &&
			getsockname(smsc.listener, (struct sockaddr *)&address, &length) == 0,
		"no socket");
	smsc.port = ntohs(address.sin_port);
	smsc.fd = -1;
}

static void write_configuration(void)
{
	const char *top = getenv("top_srcdir");
	FILE *file = fopen(conf_path, "w");

	must(file && top, "no configuration");
	fprintf(file,
		"[gateway]\nforms = %s/conf/forms\nmessages = %s/conf/messages\nlexicon = "
		"%s/conf/lexicon\nmenus = %s/conf/menus\ndialects = %s\ncontrol =\n"
		"quiet =\nlog_level = error\n[store]\npath = %s\nballast = 1\n"
		"[limits]\nreplies_per_day = 100000000\nreplies_per_sender_per_day = 100000\n"
		"quick_time = 0\noutbox = 200\n[smsc uji]\nhost = 127.0.0.1\nport = %d\n"
		"system_id = kabar\npassword = x\naddress = 2255\nrate = 0\nwindow = 100\n"
		"ussd_code = *355#\nussd_dialect = sabar\nresponse_timeout = 20\n"
		"enquire_link = 60\n",
		top, top, top, top, directory, store_path, smsc.port);
	fclose(file);
	file = fopen(dialect_path, "w");
	must(file != NULL, "no dialect");
	fputs("[dialect]\nsession = 0x1383:2 & 0xFF00\nbegin = 1\nanswer = 18\n"
	      "abort_bits = 0x0001\nmenu = 2\nend = 17\nuser_timer = 5s\n",
		file);
	fclose(file);
}

static void fill_store(void)
{
	const struct store_options options = {.driver = "sqlite", .path = store_path};
	struct store *store;
	int changed, rc = store_open(&store, &options, NULL);

	if (rc == OK)
		rc = store_area_put(store, "35", NULL, "provinsi", "Jawa Timur", &changed);
	if (rc == OK)
		rc = store_area_put(store, "35.03", "35", "kabupaten", "Trenggalek", &changed);
	if (rc == OK)
		rc = store_area_put(store, "35.03.01", "35.03", "kecamatan", "Panggul", &changed);
	if (rc == OK)
		rc = store_area_put(
			store, "35.03.01.2004", "35.03.01", "desa", "Nglebeng", &changed);
	if (rc == OK)
		rc = store_posyandu_put(store, "P1", "Melati", "35.03.01.2004", &changed);
	for (int i = 0; rc == OK && i < PEOPLE; i++) {
		static const char *const roles[] = {"kader", "kader", "bidan", "puskesmas"};
		char phone[20];
		const struct person person = {.phone = phone, .name = "ORANG", .language = "id",
			.role = roles[i % 4], .areas = i % 4 == 3 ? "35.03.01" : "35.03.01.2004",
			.posyandu = i % 4 < 2 ? "P1" : NULL};

		snprintf(phone, sizeof(phone), "+62812%08d", i);
		rc = store_person_put(store, &person, &changed);
	}
	must(rc == OK, "the store cannot be filled");
	store_close(store);
}

static void hang_up(void)
{
	if (smsc.fd >= 0)
		close(smsc.fd);
	smsc.fd = -1;
	smsc.bound = false;
	smsc.nin = smsc.nout = smsc.nwithheld = 0;
}

static uint8_t *room(void)
{
	return smsc.nout + PDU_ROOM <= sizeof(smsc.out) ? smsc.out + smsc.nout : NULL;
}

static void say(uint32_t command, uint32_t sequence)
{
	if (room())
		smsc.nout += pdu_encode_bare(command, ESME_ROK, sequence, room());
}

static void on_submit(const struct pdu *pdu)
{
	bool screen = strcmp(pdu->u.message.service_type, "USSD") == 0;

	counts.submits++;
	counts.screens += screen;
	smsc.submits.sequences[smsc.submits.count++ % 256] = pdu->sequence;
	smsc.answered |= strstr(pdu->u.message.destination.digits, "62812000000") != NULL;
	if (smsc.good)
		say(SMPP_SUBMIT_SM | SMPP_RESPONSE, pdu->sequence);
	else if (screen && chance(2) && smsc.nwithheld < COUNT_OF(smsc.withheld))
		smsc.withheld[smsc.nwithheld++] = pdu->sequence;
	else if (chance(300) && room())
		smsc.nout += mutant_answer(room(), pdu->sequence);
}

static void on_frame(const uint8_t *frame, size_t length)
{
	static struct pdu pdu;

	must(pdu_decode(&pdu, frame, length) == OK, "the gateway wrote what it cannot read");
	if (pdu.command == SMPP_BIND_TRANSCEIVER) {
		struct pdu bound;
		size_t size;

		pdu_init(&bound, SMPP_BIND_TRANSCEIVER | SMPP_RESPONSE, ESME_ROK, pdu.sequence);
		must(pdu_encode(&bound, room(), PDU_ROOM, &size) == OK, "bind_transceiver_resp");
		smsc.nout += size;
		counts.sessions++;
		smsc.bound = true;
	} else if (pdu.command == SMPP_SUBMIT_SM) {
		on_submit(&pdu);
	} else if (pdu.command == SMPP_ENQUIRE_LINK || pdu.command == SMPP_UNBIND) {
		say(pdu.command | SMPP_RESPONSE, pdu.sequence);
	} else if (pdu.command == SMPP_GENERIC_NACK) {
		counts.nacks++;
	} else if (pdu.command == (SMPP_DELIVER_SM | SMPP_RESPONSE)) {
		counts.ok += pdu.status == ESME_ROK;
		counts.refused += pdu.status == ESME_RX_T_APPN;
		counts.defects += pdu.status != ESME_ROK && pdu.status != ESME_RX_T_APPN;
		smsc.acknowledged |= pdu.sequence == smsc.wanted && pdu.status == ESME_ROK;
	}
}

/* Both ends do what they can without waiting. */
static void serve(void)
{
	ssize_t got;
	size_t length;

	event_base_loop(gateway.base, EVLOOP_NONBLOCK);
	if (smsc.fd < 0) {
		smsc.fd = accept4(smsc.listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		return;
	}
	got = recv(smsc.fd, smsc.in + smsc.nin, sizeof(smsc.in) - smsc.nin, 0);
	if (got == 0 || (got < 0 && errno != EAGAIN)) {
		hang_up();
		return;
	}
	smsc.nin += got > 0 ? (size_t)got : 0;
	while (!frame_next(smsc.in, smsc.nin, &length)) {
		on_frame(smsc.in, length);
		smsc.nin -= length;
		memmove(smsc.in, smsc.in + length, smsc.nin);
	}
	got = smsc.nout ? send(smsc.fd, smsc.out, smsc.nout, MSG_NOSIGNAL) : 0;
	if (got > 0) {
		smsc.nout -= (size_t)got;
		memmove(smsc.out, smsc.out + got, smsc.nout);
	}
}

static void rest(void)
{
	struct pollfd fds[] = {{.fd = smsc.fd, .events = POLLIN},
		{.fd = gateway.committed_fd, .events = POLLIN}};

	(void)poll(fds, COUNT_OF(fds), 1);
}

/* Mostly a moment; at times so long that every screen is stale, then what was withheld comes. */
static void pass_time(bool waiting)
{
	uint32_t kind = chance(1000);

	if (waiting || kind > 6)
		timers_advance((int64_t)chance(waiting ? 3 : 60));
	else
		timers_advance(kind == 0 ? 3600000 : 200000);
	if ((waiting || kind > 6) && smsc.nwithheld < COUNT_OF(smsc.withheld) / 8)
		return;
	timers_advance(6000); /* stale, and not yet given up */
	while (smsc.nwithheld > 0 && room()) {
		smsc.nout += mutant_answer(room(), smsc.withheld[--smsc.nwithheld]);
		counts.stale++;
	}
}

static void attack(unsigned long pdus)
{
	for (unsigned long made = 0; made < pdus || smsc.nout > 0;) {
		struct inbox_status inbox;
		bool full;

		inbox_status(gateway.inbox, &inbox);
		full = !smsc.bound || inbox.waiting > 100 || smsc.nout > HELD_MOST;
		if (full)
			rest(); /* the worker lives in true time */
		for (uint32_t n = full || chance(2) ? 0 : chance(60); n > 0 && made < pdus; n--) {
			smsc.nout += mutant_make(
				room(), ++smsc.sequence, &smsc.submits, chance(4000) == 0);
			made++;
		}
		if (chance(3000) == 0)
			hang_up();
		serve();
		if (full && inbox.waiting + inbox.at_work == 0)
			timers_advance(500); /* half a frame, or no session: time alone helps */
		else
			pass_time(full || inbox.waiting + inbox.at_work > 0);
	}
	counts.pdus += pdus;
}

/* After all that a plain message is acknowledged and answered. */
static bool still_works(int number)
{
	static uint8_t octets[100];
	struct pdu pdu;
	size_t length;

	smsc.good = true;
	for (int i = 0; i < SETTLE && !(smsc.acknowledged && smsc.answered); i++) {
		if (i % 1000 == 0)
			smsc.wanted = 0;
		if (smsc.bound && !smsc.wanted && room()) {
			smsc.wanted = ++smsc.sequence;
			smsc.answered = false;
			pdu_init(&pdu, SMPP_DELIVER_SM, 0, smsc.wanted);
			snprintf(pdu.u.message.source.digits, 21, "62812%08d", number);
			pdu.u.message.source.ton = 1;
			pdu.u.message.octets = octets;
			pdu.u.message.length = (size_t)snprintf((char *)octets, sizeof(octets),
				"LAHIR#SITI %c%c#25#14/8/24#L#3000#49#PKM#BIDAN#HIDUP",
				'A' + number, 'A' + i / 1000);
			must(pdu_encode(&pdu, room(), PDU_ROOM, &length) == OK, "deliver_sm");
			smsc.nout += length;
		}
		serve();
		timers_advance(10);
		rest();
	}
	return smsc.acknowledged && smsc.answered;
}

static void stop(void)
{
	gateway_stop(&gateway);
	for (int i = 0; i < 2000 && !event_base_got_break(gateway.base); i++) {
		serve();
		rest();
	}
	hang_up();
	gateway_close(&gateway);
}

static bool run_world(int number, unsigned long pdus)
{
	struct config_errors *errors = config_errors_new();
	struct config *config;
	bool works;

	memset(&smsc, 0, sizeof(smsc));
	clock_freeze(START);
	listen_here();
	write_configuration();
	fill_store();
	must(config_load(&config, conf_path, errors) == OK, "config_load");
	config_errors_free(errors);
	must(gateway_start(&gateway, config, conf_path) == OK, "gateway_start");
	attack(pdus);
	works = still_works(number);
	stop();
	close(smsc.listener);
	clock_thaw();
	for (size_t i = 0; i < 6; i++) {
		static const char *const ends[] = {"", "-wal", "-shm", ".crash", ".id", ".ballast"};
		char path[96];

		snprintf(path, sizeof(path), "%s%s", store_path, ends[i]);
		(void)unlink(path);
	}
	return works;
}

int main(void)
{
	const char *many = getenv("KABAR_MUTANTS"), *seed = getenv("KABAR_SEED");
	unsigned long pdus = many ? strtoul(many, NULL, 10) : 4000;
	char path[400];
	int worlds = 0, good = 0;

	snprintf(directory, sizeof(directory), "%s/kabar-mutants-XXXXXX",
		getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	must(sodium_init() >= 0 && mkdtemp(directory), "nowhere to work");
	snprintf(conf_path, sizeof(conf_path), "%s/kabar.conf", directory);
	snprintf(dialect_path, sizeof(dialect_path), "%s/sabar.ini", directory);
	snprintf(store_path, sizeof(store_path), "%s/kabar.db", directory);
	snprintf(path, sizeof(path), "%s/tests/corpus/dev.tsv", getenv("top_srcdir"));
	mutant_texts(path);
	snprintf(path, sizeof(path), "%s/tests/corpus/own.tsv", getenv("top_srcdir"));
	mutant_texts(path);
	(void)signal(SIGPIPE, SIG_IGN); /* as kabard does */
	chance_seed(seed ? strtoul(seed, NULL, 10) : 20240815);
	for (unsigned long left = pdus; left > 0; worlds++) {
		unsigned long some = left < WORLD_PDUS ? left : WORLD_PDUS;

		good += run_world(worlds % 26, some);
		left -= some;
		/* how many screens there are in time is the scheduler's affair */
		if (left == 0 && counts.stale == 0 && worlds < 9)
			left = 2000;
		if (many)
			fprintf(stderr, "# %lu left\n", left);
	}
	(void)unlink(conf_path);
	(void)unlink(dialect_path);
	(void)rmdir(directory);
	printf("# %lu PDUs in %lu sessions: %lu acknowledged, %lu refused for now, %lu defects, "
	       "%lu nacks; %lu submits, %lu of them screens, %lu answered when stale\n",
		counts.pdus, counts.sessions, counts.ok, counts.refused, counts.defects,
		counts.nacks, counts.submits, counts.screens, counts.stale);
	printf("%sok 1 - a plain message is answered after each flood\n",
		good == worlds ? "" : "not ");
	printf("%sok 2 - screens were shown, and some answered when they were stale\n",
		counts.screens > 0 && counts.stale > 0 ? "" : "not ");
	printf("%sok 3 - messages were acknowledged and defects told\n1..3\n",
		counts.ok > 0 && counts.defects > 0 ? "" : "not ");
	return 0;
}
