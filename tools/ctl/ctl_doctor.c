/* kabarctl doctor: looks at everything that an administrator would, and says what to do. */
#include <stdio.h>
#include <stdlib.h>

#include "gateway/config/config_prove.h"
#include "tools/common/ctl_json.h"
#include "tools/common/ctl_options.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/look/doctor.h"

static const char *const levels[] = {"ok", "warn", "fail"};

void doctor_say(struct doctor *doctor, enum doctor_level level, const char *subject,
	const char *remedy, const char *format, ...)
{
	char *text;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		abort();
	va_end(args);
	if (level == DOCTOR_OK)
		remedy = NULL;
	doctor->count[level]++;
	if (doctor->rows) {
		json_array_append_new(doctor->rows,
			json_pack("{s:s, s:s, s:o, s:o}", "level", levels[level], "subject",
				subject, "text", ctl_json_text(text), "remedy",
				ctl_json_text(remedy)));
	} else {
		printf("%-5s %s: %s\n", levels[level], subject, text);
		if (remedy)
			printf("      what to do: %s\n", remedy);
	}
	free(text);
}

static void say_config(const char *path, int line, bool note, const char *text, void *context)
{
	char where[16] = "";

	if (line > 0)
		snprintf(where, sizeof(where), ":%d", line);
	doctor_say(context, note ? DOCTOR_WARN : DOCTOR_FAIL, "configuration",
		note ? "see kabar.conf(5)" : "kabarctl config check shows the line", "%s%s: %s",
		path, where, text);
}

/* NULL: it has errors, and nothing else can be looked at. */
static struct config *look_at_config(struct doctor *doctor)
{
	struct config_errors *errors = config_errors_new();
	struct config *config;

	if (config_load(&config, doctor->ctl->config_path, errors) == OK) {
		config_prove(&config->main, doctor->ctl->config_path, errors);
		if (config_errors_count(errors) == 0)
			doctor_say(doctor, DOCTOR_OK, "configuration", NULL,
				"%s: %zu links, %zu forms", doctor->ctl->config_path,
				config->main.nsmsc, config->nform);
	}
	config_errors_each(errors, say_config, doctor);
	config_errors_free(errors);
	return config;
}

static void look(struct doctor *doctor)
{
	struct config *config = look_at_config(doctor);

	doctor->config = config;
	if (!config)
		return;
	doctor_rights(doctor);
	doctor_disk(doctor);
	doctor_clock(doctor);
	doctor_store(doctor);
	doctor_certificates(doctor);
	doctor_gateway(doctor);
	doctor_links(doctor);
	json_decref(doctor->status);
	config_unref(config);
}

int ctl_doctor(struct ctl *ctl, int argc, char **argv)
{
	bool as_json = false;
	const struct ctl_option options[] = {{"json", NULL, &as_json}, {0}};
	struct doctor doctor = {.ctl = ctl};
	int first = ctl_options(argc, argv, options);

	if (first < 0)
		return 2;
	if (first < argc)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[first]);
	doctor.rows = as_json ? json_array() : NULL;
	look(&doctor);
	if (doctor.rows && ctl_json_print(doctor.rows))
		return 1;
	if (!as_json)
		printf("%zu ok, %zu to look at, %zu wrong\n", doctor.count[DOCTOR_OK],
			doctor.count[DOCTOR_WARN], doctor.count[DOCTOR_FAIL]);
	return doctor.count[DOCTOR_FAIL] > 0;
}
