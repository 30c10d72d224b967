/* The machine below the gateway: see doctor.h. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "gateway/os/certificate.h"
#include "gateway/os/clock.h"
#include "store/report/figures.h"
#include "tools/look/doctor.h"

#define MB           (1 << 20)
#define SYNCS        20
#define SYNCS_SLOW   20 /* commits in a second: a province needs more */
#define SYNCS_BROKEN 3
#define DAY          86400
#define END_SOON     (30 * DAY)
#define BACKUP_HOURS 36 /* when kabar.conf says nothing: a night was left out */

void doctor_rights(struct doctor *doctor)
{
	const struct config_main *config = &doctor->config->main;
	const char *const files[] = {config->store_path, config->store_key};
	struct stat st;

	for (size_t i = 0; i < COUNT_OF(files) && config->store_driver == 0; i++) {
		if (stat(files[i], &st) != 0)
			continue; /* a missing store is told by the database's check */
		if (st.st_mode & (S_IROTH | S_IWOTH))
			doctor_say(doctor, DOCTOR_FAIL, "rights",
				"chmod o-rw it; its directory is for the gateway's user alone",
				"everybody may read or write %s (mode %04o)", files[i],
				(unsigned)st.st_mode & 07777);
		else if (access(files[i], R_OK | W_OK) != 0)
			doctor_say(doctor, DOCTOR_WARN, "rights", "sudo -u kabar kabarctl doctor",
				"%s belongs to uid %ld: you do not see everything", files[i],
				(long)st.st_uid);
		else
			doctor_say(doctor, DOCTOR_OK, "rights", NULL, "%s mode %04o", files[i],
				(unsigned)st.st_mode & 07777);
	}
}

/* Commits that this disk makes durable in a second; 0: not measured. */
static double sync_rate(const char *directory)
{
	char *path = xasprintf("%s/.doctor-XXXXXX", directory);
	char block[4096] = {0};
	int fd = mkstemp(path), done = 0;
	int64_t begun = clock_now(), spent;

	if (fd >= 0) {
		unlink(path);
		while (done < SYNCS && clock_now() - begun < 3000 &&
			write(fd, block, sizeof(block)) == (ssize_t)sizeof(block) &&
			fdatasync(fd) == 0)
			done++;
		close(fd);
	}
	free(path);
	spent = clock_now() - begun;
	return done * 1000.0 / (double)(spent > 0 ? spent : 1);
}

static void say_syncs(struct doctor *doctor, double rate)
{
	enum doctor_level level = rate >= SYNCS_SLOW ? DOCTOR_OK
		: rate >= SYNCS_BROKEN               ? DOCTOR_WARN
						     : DOCTOR_FAIL;

	if (rate <= 0)
		doctor_say(doctor, DOCTOR_WARN, "disk", "sudo -u kabar kabarctl doctor",
			"how fast it syncs was not measured: no right to write there");
	else
		doctor_say(doctor, level, "disk",
			"a disk of its own for the store, a controller with a battery, or an SSD",
			"%.0f commits in a second (fdatasync)", rate);
}

void doctor_disk(struct doctor *doctor)
{
	const struct config_main *config = &doctor->config->main;
	char *copy = xstrdup(config->store_path), *directory = dirname(copy);
	struct statvfs disk;
	long long room;

	if (config->store_driver != 0 || statvfs(directory, &disk) != 0) {
		if (config->store_driver == 0)
			doctor_say(doctor, DOCTOR_FAIL, "disk",
				"is it mounted? a new store: kabarctl store init", "%s: %s",
				directory, strerror(errno));
		free(copy);
		return;
	}
	room = (long long)(disk.f_bavail * disk.f_frsize / MB);
	doctor_say(doctor,
		room < config->disk_reserve                ? DOCTOR_FAIL
			: room < 10 * config->disk_reserve ? DOCTOR_WARN
							   : DOCTOR_OK,
		"disk", "make room: old backups, kabarctl purge --raw-older-than 90d",
		"%lld MB free in %s, %d MB are the reserve", room, directory, config->disk_reserve);
	say_syncs(doctor, sync_rate(directory));
	free(copy);
}

void doctor_clock(struct doctor *doctor)
{
	struct timex state = {.modes = 0};
	int rc = adjtimex(&state);

	if (rc < 0)
		doctor_say(doctor, DOCTOR_WARN, "clock", "timedatectl", "cannot be asked: %s",
			strerror(errno));
	else if (rc == TIME_ERROR || (state.status & STA_UNSYNC))
		doctor_say(doctor, DOCTOR_WARN, "clock",
			"apt install systemd-timesyncd; timedatectl set-ntp true",
			"nothing keeps it right: dates of reports may be wrong");
	else
		doctor_say(doctor, DOCTOR_OK, "clock", NULL, "is kept right (NTP)");
}

static void say_backup(struct doctor *doctor, int64_t backup)
{
	int watched = doctor->config->main.health_backup;
	int64_t hours = (clock_utc() - backup) / 3600, most = watched ? watched : BACKUP_HOURS;
	const char *remedy = "systemctl enable --now kabar-backup.timer; now: kabarctl backup "
			     "--into /var/lib/kabar/backups";

	if (backup == 0)
		doctor_say(doctor, DOCTOR_WARN, "backup", remedy, "none was ever made");
	else
		doctor_say(doctor, hours > most ? DOCTOR_WARN : DOCTOR_OK, "backup", remedy,
			"the last one is %lld hours old", (long long)hours);
}

void doctor_store(struct doctor *doctor)
{
	const struct config_main *config = &doctor->config->main;
	const struct store_options options = {
		.driver = config->store_driver == 0 ? "sqlite" : "postgres",
		.path = config->store_path,
		.conninfo = config->store_conninfo,
		.key = config->store_key,
		.read_only = true,
		.must_exist = true,
	};
	struct store_figures figures = {0};
	struct store *store = NULL;
	char detail[256] = "", id[STORE_ID];
	int64_t last;
	int error = store_open(&store, &options, detail);

	if (!error)
		error = store_id(store, id, &last);
	if (!error)
		error = store_figures(store, 0, "", &figures);
	if (error) {
		doctor_say(doctor, error == ERR_DENIED ? DOCTOR_WARN : DOCTOR_FAIL, "database",
			error == ERR_DENIED              ? "sudo -u kabar kabarctl doctor"
				: error == ERR_NOT_FOUND ? "kabarctl store init, or bring it back: "
							   "kabarctl restore FILE"
							 : "kabarctl verify; kabarctl restore FILE",
			"%s: %s", error_text(error), store ? store_detail(store) : detail);
	} else {
		doctor_say(doctor, DOCTOR_OK, "database", NULL,
			"store %.8s opens, messages up to %lld", id, (long long)last);
		say_backup(doctor, figures.backup);
	}
	store_close(store);
}

void doctor_certificates(struct doctor *doctor)
{
	const struct config_main *config = &doctor->config->main;

	for (size_t i = 0; i < config->nsmsc; i++) {
		const struct link_config *link = &config->smsc[i].link;
		int64_t end = 0, left;
		const char *wrong;

		if (!link->tls || !link->tls_ca)
			continue;
		wrong = certificate_wrong(link->tls_ca, &end);
		left = end - clock_utc();
		if (wrong)
			doctor_say(doctor, DOCTOR_FAIL, "certificate", "ask the operator for it",
				"%s: %s", link->tls_ca, wrong);
		else
			doctor_say(doctor,
				left < 0                  ? DOCTOR_FAIL
					: left < END_SOON ? DOCTOR_WARN
							  : DOCTOR_OK,
				"certificate", "ask the operator for the next one",
				"%s %s %lld days", link->tls_ca,
				left < 0 ? "ended before" : "ends in",
				(long long)(left < 0 ? -left : left) / DAY);
	}
}
