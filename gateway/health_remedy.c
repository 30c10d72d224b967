/* What to do about each condition of health.c: for kabarctl doctor, status and the alert rules. */
#include <string.h>

#include "gateway/health.h"

static const struct {
	const char *name, *remedy;
} remedies[] = {
	{"stopping", "wait; systemctl status kabard says whether it comes again"},
	{"store-fails",
		"journalctl -u kabard; a full disk: make room; a broken store: stop kabard and "
		"kabarctl restore the newest backup"},
	{"store-risk",
		"see docs/province.md: synchronous_commit and a standby as it says"},
	{"worker-stuck",
		"look at the disk (dmesg, iostat); systemd restarts kabard when it lasts; nothing "
		"that was acknowledged is lost"},
	{"disk-reserve",
		"make room on the disk of the store: old backups, kabarctl purge "
		"--raw-older-than 90d; kabard goes on by itself"},
	{"no-link",
		"kabarctl status says why each link is down; call the operator; SMS wait at the "
		"operator meanwhile"},
	{"alarm-waits",
		"call the bidan and puskesmas by phone now; then look at the links: kabarctl "
		"status"},
	{"answer-waits", "look at the links: down, throttled, or a rate below the traffic"},
	{"unread",
		"journalctl -u kabard names the phones; report the crash; kabarctl inbox list has "
		"the messages"},
	{"deadlines-overdue",
		"look at the store and the disk; the machine is too slow or was asleep"},
	{"quota",
		"kabarctl status names the top senders; block a machine (kabarctl people block), "
		"or "
		"raise [limits] replies_per_day"},
	{"quota-strangers", "kabarctl status names the top senders; block a machine"},
	{"link-down",
		"kabarctl status says why; wrong password: [smsc …]; else ask the operator; VPN "
		"and "
		"firewall"},
	{"link-held", "kabarctl link up NAME"},
	{"silence",
		"send a test SMS to the short code; when it does not come, ask the operator about "
		"the route"},
	{"quarantine", "journalctl -u kabard, kabarctl inbox list; report the messages"},
	{"deaths", "coredumpctl, journalctl -u kabard; report it"},
	{"phone-unread", "kabarctl inbox list has its messages; report the crash"},
	{"loop", "kabarctl explain the phone; block it when it is a machine"},
	{"human-inbox", "kabarctl inbox list, or the page Kotak Masuk; answer"},
	{"wal-large", "end long reads of the store (an export, sqlite3, a backup that hangs)"},
	{"clock-jumped", "timedatectl; look at the dates of today's reports"},
	{"backup-old", "systemctl status kabar-backup.timer kabar-backup.service"},
};

const char *health_remedy(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(remedies); i++) {
		if (strcmp(remedies[i].name, name) == 0)
			return remedies[i].remedy;
	}
	return "";
}
