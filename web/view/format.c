/* Numbers, days, people as the reader writes them. See view.h. */
#include <stdlib.h>

#include "flows/desk/desk.h"
#include "flows/measure/query_number.h"
#include "web/view/view.h"

/* In English comma and point change places. */
static const char *in_language(const struct request *request, const char *text)
{
	char *out;

	if (!request->english)
		return text;
	out = arena_strdup(request->arena, text);
	for (char *c = out; *c; c++)
		*c = *c == '.' ? ',' : *c == ',' ? '.' : *c;
	return out;
}

const char *format_number(const struct request *request, int64_t number)
{
	return in_language(request, query_number_text(request->arena, number));
}

const char *format_percent(const struct request *request, int64_t part, int64_t whole)
{
	return whole > 0 ? in_language(request, percent_text(request->arena, part, whole)) : "–";
}

const char *format_tenth(const struct request *request, double number)
{
	char *text = arena_printf(request->arena, "%.1f", number), *point = strchr(text, '.');

	if (point && !request->english)
		*point = ',';
	return text;
}

const char *format_month(const struct request *request, struct date month, bool whole)
{
	static const char *const id[] = {"Januari", "Februari", "Maret", "April", "Mei", "Juni",
		"Juli", "Agustus", "September", "Oktober", "November", "Desember"};
	static const char *const en[] = {"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"};
	static const char *const brief[] = {
		"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"};
	int index = month.month - 1;

	if (whole)
		return arena_printf(request->arena, "%s %d",
			request->english ? en[index] : id[index], month.year);
	return request->english ? arena_printf(request->arena, "%.3s", en[index]) : brief[index];
}

const char *format_day(const struct request *request, const char *iso)
{
	struct date date;

	if (!iso || !date_parse(iso, &date))
		return "–";
	return arena_printf(request->arena, "%d %s %d", date.day,
		format_month(request, date, false), date.year);
}

const char *format_long_day(const struct request *request, struct date day)
{
	static const char *const id[] = {
		"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"};
	static const char *const en[] = {
		"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

	return arena_printf(request->arena, "%s, %d %s",
		request->english ? en[date_weekday(day)] : id[date_weekday(day)], day.day,
		format_month(request, day, true));
}

const char *format_time(const struct request *request, int64_t utc)
{
	struct moment local = moment_local(utc, request->flow.settings->timezone);

	return arena_printf(request->arena, "%d %s %02d.%02d", local.date.day,
		format_month(request, local.date, false), local.hour, local.minute);
}

const char *format_age(const struct request *request, int64_t seconds)
{
	long long minutes = seconds / 60, hours = minutes / 60, days = hours / 24;

	if (minutes < 1)
		return say(request, "kurang dari 1 menit", "less than 1 min");
	if (minutes < 60)
		return arena_printf(
			request->arena, "%lld %s", minutes, say(request, "menit", "min"));
	if (hours < 24)
		return arena_printf(request->arena, "%lld %s %lld %s", hours,
			say(request, "jam", "h"), minutes % 60, say(request, "menit", "min"));
	return arena_printf(request->arena, "%lld %s", days, say(request, "hari", "days"));
}

const char *format_name(const struct request *request, const char *name)
{
	return name && *name ? reply_title_case(request->arena, name) : "–";
}

const char *format_phone(struct request *request, const char *phone)
{
	struct person person;

	if (!phone || *phone != '+')
		return phone ? phone : "–";
	if (store_person_by_phone(request->web->store, request->arena, phone, &person) == OK
			? desk_sees_number(&request->turn, &person)
			: request->turn.sender.role == ROLE_DINKES)
		return phone;
	return desk_mask_phone(request->arena, phone);
}

const char *format_person(struct request *request, const char *phone)
{
	struct person person;

	if (!phone ||
		store_person_by_phone(request->web->store, request->arena, phone, &person) != OK)
		return say(request, "Tidak terdaftar", "Not registered");
	return arena_printf(request->arena, "%s %s", format_role(request, person.role),
		format_name(request, person.name));
}

const char *format_role(struct request *request, const char *role)
{
	return reply_capital(
		arena_strdup(request->arena, reply_word(&request->turn.reply, "role", role, role)));
}
