/* Takes the set of candidates that are worth most together.
 *
 * From left to right, a few best partial readings are kept at each token: the token is skipped, or
 * a candidate that begins there is taken. What cannot become worth as much as a reading that is
 * known already is not kept. Each field is used once (added parts and twins' fields aside). A
 * number is worth more in its place in the form's order. Two whole readings worth the same with
 * different values are no decision: the fields in which they differ are unclear, and the sender is
 * asked.
 */
#include <limits.h>
#include <string.h>

#include "parsers/parse/parse.h"

/* So much less a reading of the same fields may be worth to be kept beside the better one. */
#define RIVAL 2
#define STRAY_AWAY (-2) /* less for what cannot be, where the field is not the next */
#define TWIN_BIT 40 /* the first bit of further children's fields */

static unsigned long field_bit(const struct parse *parse, int field, unsigned child)
{
	int repeat = parse->index->repeat[field];

	if (child == 0 || repeat < 0)
		return 1ul << field;
	return 1ul << (TWIN_BIT + (2 * (unsigned)repeat + child - 1) % 24);
}

/* Prints are added: so it is mixed again behind its factor, or two values that change their fields
 * would be alike. */
static unsigned long print_of(const struct candidate *c)
{
	unsigned long print;
	const char *text;

	if (!maybe_text(c->value, &text))
		text = "?";
	print = (lexicon_hash(text, strlen(text)) + ((unsigned long)c->field << 40) +
		((unsigned long)c->child << 56)) * 0x9e3779b97f4a7c15ul;
	return (print ^ print >> 32) * 0x9e3779b97f4a7c15ul;
}

/* "52 50 44 36 ralat n 35": it is asked about, and says nothing of the row. */
static bool takes_back(const struct parse *parse, const struct candidate *c)
{
	return c->first > parse->first && token_is(&parse->tokens[c->first - 1],
		parse_class(parse, CLASS_MENDING));
}

/* A bare count says nothing when counts stand behind their keys; but "52 50 44 36 T 5 O 2": the row
 * of what is required, and others behind it. */
static bool ruled_out(const struct parse *parse, const struct candidate *c)
{
	if (c->type != FIELD_COUNT)
		return false;
	if (c->kind != KIND_BARE)
		return !parse->keyed_counts && parse->index->order[c->field] >= 0 &&
			takes_back(parse, c);
	return parse->keyed_counts || (parse->row_end < parse->last &&
		(c->last > parse->row_end || !(parse->index->row & 1ul << c->field)));
}

/* Where counts stand behind their keys, and of which kind. */
static void find_keyed_counts(struct parse *parse)
{
	parse->keyed_counts = false;
	parse->row_end = parse->last;
	for (size_t i = 0; i < parse->ncandidate; i++) {
		const struct candidate *c = &parse->candidates[i];

		if (c->kind != KIND_KEYED || parse->index->order[c->field] < 0 ||
			c->type != FIELD_COUNT ||
			takes_back(parse, c))
			continue;
		parse->keyed_counts |= !parse->index->row || parse->index->row & 1ul << c->field;
		if (c->first < parse->row_end)
			parse->row_end = c->first;
	}
}

static struct move move_of(const struct parse *parse, const struct candidate *c, short next)
{
	bool words = c->type == FIELD_TEXT; /* before or behind */

	return (struct move){.bit = field_bit(parse, c->field, c->child),
		.elder = c->child ? field_bit(parse, c->field, c->child - 1u) : 0,
		.print = print_of(c),
		.last = c->last,
		.worth = c->worth,
		.order = words ? -1 : parse->index->order[c->field],
		.placed = c->kind == KIND_BARE && (c->problem < 0 || parse->strong),
		.stray = c->kind == KIND_BARE && c->problem >= 0 && !parse->strong,
		.again = (parse->index->form->fields[c->field].adds && c->kind == KIND_KEYED) ||
			c->type == FIELD_LIST,
		.next = next};
}

static void index_candidates(struct parse *parse)
{
	struct scratch *scratch = parse->scratch;

	for (size_t i = parse->first; i <= parse->last; i++)
		scratch->by_token[i] = -1;
	find_keyed_counts(parse);
	for (size_t i = parse->ncandidate; i-- > 0;) {
		const struct candidate *c = &parse->candidates[i];

		if (ruled_out(parse, c))
			continue;
		scratch->moves[i] = move_of(parse, c, scratch->by_token[c->first]);
		scratch->by_token[c->first] = (short)i;
	}
}

/* What a token costs when nothing explains it. */
static int skip_worth(const struct parse *parse, size_t i)
{
	const struct token *token = &parse->tokens[i];

	if (token->digits)
		return WORTH_SKIP_NUMBER;
	if (token_is(token, parse_class(parse, CLASS_FILLER)))
		return 0;
	if (!class_meets(&token->classes, &parse->index->meanings))
		return WORTH_SKIP_WORD;
	for (const struct lexicon_entry *e = token->words; e; e = e->next) {
		for (size_t f = 0; e->class_id >= 0 && f < parse->index->form->nfield; f++) {
			if (parse->index->words[f] == e->class_id)
				return WORTH_SKIP_MEANING;
		}
	}
	return WORTH_SKIP_WORD;
}

/* Too little for a full beam, or for ever. */
static bool state_loses(const struct scratch *scratch, size_t at, int worth)
{
	return worth <= scratch->floor[at];
}

static void replace_worst(struct scratch *scratch, size_t at, const struct beam_state *state)
{
	struct beam_state *worst = scratch->beam[at];

	for (size_t i = 1; i < scratch->width; i++) {
		if (scratch->beam[at][i].worth < worst->worth)
			worst = &scratch->beam[at][i];
	}
	if (worst->worth > scratch->floor[at])
		scratch->floor[at] = worst->worth;
	if (state->worth > worst->worth)
		*worst = *state;
}

static void state_put(struct scratch *scratch, size_t at, const struct beam_state *state)
{
	struct beam_state *beam = scratch->beam[at];
	size_t count = scratch->nbeam[at];

	if (state_loses(scratch, at, state->worth))
		return;
	for (size_t i = 0; i < count; i++) {
		if (beam[i].used == state->used && beam[i].order == state->order) {
			int more = state->worth - beam[i].worth;

			if (beam[i].print != state->print && more >= -RIVAL && more <= RIVAL)
				continue; /* two readings that are nearly as good stay */
			if (more > 0)
				beam[i] = *state;
			return;
		}
	}
	if (count < scratch->width)
		beam[scratch->nbeam[at]++] = *state;
	else
		replace_worst(scratch, at, state);
}

/* Position: the next field of the order that is still free; each passed over of the same kind makes
 * it less likely. */
static int order_worth(const struct parse *parse, const struct beam_state *state, int order)
{
	const struct form_index *index = parse->index;
	unsigned long passed;
	int worth = WORTH_NEXT;

	if (order < state->order || order < 0)
		return WORTH_EARLIER;
	passed = index->before[order] & ~index->before[state->order + 1] & ~state->used;
	for (unsigned long alike = passed & index->alike[order]; alike; alike &= alike - 1) {
		worth -= 3;
		if (worth <= WORTH_EARLIER)
			return WORTH_EARLIER + 1;
	}
	if (!passed)
		return worth + (parse->strong || parse->commas ? WORTH_PARTED : 0);
	return worth - (passed & (passed - 1) ? 2 : 1);
}

/* Position cannot be worth more. */
static int order_worth_most(const struct parse *parse, int order)
{
	if (order < 0)
		return WORTH_EARLIER;
	return WORTH_NEXT + (parse->strong || parse->commas ? WORTH_PARTED : 0);
}

/* The most that the tokens from each on may still be worth, whatever was taken before. */
static void measure_hope(struct parse *parse)
{
	struct scratch *scratch = parse->scratch;

	scratch->hope[parse->last] = 0;
	for (size_t i = parse->last; i-- > parse->first;) {
		scratch->skip[i] = skip_worth(parse, i);
		scratch->hope[i] = scratch->hope[i + 1] + scratch->skip[i];
		for (short id = scratch->by_token[i]; id >= 0; id = scratch->moves[id].next) {
			const struct move *move = &scratch->moves[id];
			int hope = scratch->hope[move->last] + move->worth;

			if (move->placed)
				hope += order_worth_most(parse, move->order);
			if (hope > scratch->hope[i])
				scratch->hope[i] = hope;
		}
	}
}

/* "L 3 pkm": what cannot be is asked of the field whose place it stands in. */
static int stray_worth(const struct parse *parse, const struct beam_state *state, int order)
{
	return order_worth(parse, state, order) >= WORTH_NEXT ? 0 : STRAY_AWAY;
}

static void take(
	struct parse *parse, const struct beam_state *from, short index, size_t at, short id)
{
	struct scratch *scratch = parse->scratch;
	const struct move *move = &scratch->moves[id];
	int worth = from->worth + move->worth;
	struct beam_state next;

	if ((from->used & move->bit && !move->again) ||
		(move->elder && !(from->used & move->elder)))
		return;
	if (move->placed)
		worth += order_worth(parse, from, move->order);
	else if (move->stray)
		worth += stray_worth(parse, from, move->order);
	if (state_loses(scratch, move->last, worth))
		return;
	next = (struct beam_state){.used = from->used | move->bit,
		.print = from->print + move->print,
		.worth = (short)worth,
		.order = move->order >= 0 ? move->order : from->order,
		.candidate = id,
		.from = index,
		.at = (unsigned short)at};
	state_put(scratch, move->last, &next);
}

static void advance(struct parse *parse, size_t at)
{
	struct scratch *scratch = parse->scratch;
	size_t moves = 0;

	for (short i = 0; i < scratch->nbeam[at]; i++) {
		const struct beam_state *from = &scratch->beam[at][i];
		struct beam_state next = *from;

		for (short id = scratch->by_token[at]; id >= 0; id = scratch->moves[id].next) {
			take(parse, from, i, at, id);
			moves++;
		}
		next.worth = (short)(next.worth + scratch->skip[at]);
		next.candidate = -1;
		next.from = i;
		next.at = (unsigned short)at;
		state_put(scratch, at + 1, &next);
	}
	parse_step(parse, moves / 2);
}

static void walk_back(struct parse *parse, const struct beam_state *state, short chosen[TOKENS_MAX],
	size_t *count)
{
	size_t at = parse->last;

	*count = 0;
	while (at > parse->first) {
		if (state->candidate >= 0)
			chosen[(*count)++] = state->candidate;
		at = state->at;
		state = &parse->scratch->beam[at][state->from];
	}
}

static const struct candidate *choice_of(
	const struct parse *parse, const short *chosen, size_t count, int field)
{
	for (size_t i = 0; i < count; i++) {
		if (parse->candidates[chosen[i]].field == field)
			return &parse->candidates[chosen[i]];
	}
	return NULL;
}

static bool values_differ(const struct candidate *a, const struct candidate *b)
{
	bool told_a = a && a->problem < 0, told_b = b && b->problem < 0;

	return (told_a || told_b) && !(told_a && told_b && maybe_same(a->value, b->value));
}

/* Readings worth as much as the best: where do they differ? */
static void find_rivals(struct parse *parse, const struct beam_state *best)
{
	struct scratch *scratch = parse->scratch;
	short other[TOKENS_MAX];
	size_t count;

	for (unsigned i = 0; i < scratch->nbeam[parse->last]; i++) {
		const struct beam_state *state = &scratch->beam[parse->last][i];

		if (state == best || state->worth < best->worth || state->print == best->print)
			continue;
		walk_back(parse, state, other, &count);
		for (size_t f = 0; f < parse->index->form->nfield; f++) {
			const struct candidate *a =
				choice_of(parse, parse->chosen, parse->nchosen, (int)f);
			const struct candidate *b = choice_of(parse, other, count, (int)f);

			if (!values_differ(a, b) || parse->children > 1)
				continue;
			parse->unclear[f] = true;
			parse->rival[f] = b;
		}
	}
}

/* The best whole reading, keeping so many partial ones at each token; NULL: none that is worth so
 * much at least, or too many steps. */
static const struct beam_state *search(struct parse *parse, unsigned width, int least)
{
	struct scratch *scratch = parse->scratch;
	const struct beam_state *best = NULL;

	scratch->width = width;
	for (size_t i = parse->first; i <= parse->last; i++) {
		scratch->nbeam[i] = 0;
		scratch->floor[i] = least - scratch->hope[i] - 1;
	}
	scratch->beam[parse->first][0] = (struct beam_state){.order = -1, .candidate = -1};
	scratch->nbeam[parse->first] = 1;
	for (size_t i = parse->first; i < parse->last; i++) {
		if (!parse_step(parse, scratch->nbeam[i]))
			return NULL;
		advance(parse, i);
	}
	for (unsigned i = 0; i < scratch->nbeam[parse->last]; i++) {
		const struct beam_state *state = &scratch->beam[parse->last][i];

		if (!best || state->worth > best->worth)
			best = state;
	}
	return best;
}

/* A first look keeps one reading; what cannot be worth as much any more need not be kept with it.
 */
static const struct beam_state *search_best(struct parse *parse)
{
	const struct beam_state *best;

	measure_hope(parse);
	best = search(parse, 1, SHRT_MIN);
	if (best)
		best = search(parse, BEAM, best->worth);
	return best ? best : search(parse, BEAM, SHRT_MIN);
}

void parse_assign(struct parse *parse)
{
	const struct beam_state *best;

	memset(parse->unclear, 0, parse->index->form->nfield * sizeof(parse->unclear[0]));
	memset(parse->rival, 0, parse->index->form->nfield * sizeof(parse->rival[0]));
	parse->nchosen = 0;
	for (size_t i = parse->first; i < parse->last; i++)
		parse->taken[i] = -1;
	index_candidates(parse);
	best = search_best(parse);
	if (!best)
		return;
	parse->worth = best->worth;
	walk_back(parse, best, parse->chosen, &parse->nchosen);
	for (size_t i = 0; i < parse->nchosen; i++) {
		const struct candidate *c = &parse->candidates[parse->chosen[i]];

		for (size_t t = c->first; t < c->last; t++)
			parse->taken[t] = parse->chosen[i];
	}
	find_rivals(parse, best);
}
