"""From parts to a text: separators, orders, keys, slips and noise. A text is kept as segments, each with the
fields that it touches, so that a mutation knows which values it may change."""
import words

SEPARATORS = {"hash": "#", "star": "*", "semicolon": "; ", "pipe": "|", "newline": "\n", "comma": ", ", "tightcomma": ",",
              "space": " ", "dash": "-", "underline": "_", "slash": "/", "spacedhash": " # ", "doublehash": "##"}


class Part:
    """One value to tell. bare(sep): its text without a key; keyed(): its text behind a key of the list keys."""

    def __init__(self, fields, bare, keyed=None, keys=()):
        self.fields = frozenset([fields] if isinstance(fields, str) else fields)
        self.bare = bare
        self.keyed = keyed or bare
        self.keys = keys


def without(make, sep):
    """A spelling that does not hold the separator's own character."""
    mark = sep.strip()[:1]
    for _ in range(60):
        text = make(sep)
        if not mark or mark not in text:
            return text
    return None


def join(chunks, sep):
    """chunks: [(fields, text)] → segments with the separators between, each touching both neighbours."""
    segments = []
    for i, (fields, text) in enumerate(chunks):
        if i:
            segments.append((chunks[i - 1][0] | fields, sep))
        segments.append((fields, text))
    return segments


def positional(parts, sep, mixed=()):
    """None when a value cannot be told between these separators; mixed: one of its own for each gap."""
    chunks = []
    for part in parts:
        text = without(part.bare, sep)
        if text is None:
            return None
        chunks.append((part.fields, text))
    segments = join(chunks, sep)
    for i, mark in enumerate(mixed[:len(chunks) - 1]):
        segments[2 * i + 1] = (segments[2 * i + 1][0], mark)
    return segments


def keyed(rng, parts, sign, sep, order):
    parts = list(parts)
    if order == "any":
        rng.shuffle(parts)
    chunks = []
    for part in parts:
        text = without(part.keyed, sep)
        if text is None:
            return None
        key = rng.choice(part.keys) if part.keys else ""
        if key:
            key = rng.choice([key, key.upper()])
            glued = sign == "" and text[:1].isdigit()
            text = key + (sign if sign or glued else " ") + text
        chunks.append((part.fields, text))
    return join(chunks, sep)


def template(rng, text, parts):
    """A sentence with {field} marks; the words beside a value belong to it."""
    pieces = []
    for i, piece in enumerate(text.replace("}", "{").split("{")):
        if i % 2 == 0:
            pieces.append((frozenset(), piece))
        elif piece in parts:
            value = parts[piece].bare(" ")
            if pieces[-1][1].endswith(("di ", "nang ")):
                value = value.removeprefix("di ").removeprefix("di")
            pieces.append((parts[piece].fields, value))
        else:
            return None
    segments = []
    for i, (fields, piece) in enumerate(pieces):
        if not fields:
            beside = [pieces[j][0] for j in (i - 1, i + 1) if 0 <= j < len(pieces)]
            fields = frozenset().union(*beside)
        if piece:
            segments.append((fields, piece))
    return segments


def headed(keyword, segments, sep):
    first = segments[0][0]
    return [(first, keyword + sep)] + segments


def noisy(rng, segments, sep, greet):
    """A greeting, thanks, a doubled or trailing separator, an invisible character. A death with words before
    its keyword is a story, so it is not greeted."""
    roll = rng.random()
    if roll < 0.04 and greet:
        segments = [(segments[0][0], rng.choice(words.HELLO))] + segments
    elif roll < 0.10:
        segments = segments + [(segments[-1][0], rng.choice(words.THANKS))]
    elif roll < 0.16 and sep.strip() in ("#", "*"):
        segments = segments + [(segments[-1][0], sep.strip() * rng.choice([1, 2]))]
    elif roll < 0.18:
        segments = [(segments[0][0], "\u200b")] + segments
    return segments


def text_of(segments):
    return "".join(text for _, text in segments)


def escape(text):
    out = []
    for c in text:
        if c in "\n\t\\":
            out.append({"\n": "\\n", "\t": "\\t", "\\": "\\\\"}[c])
        else:
            out.append(c)
    return "".join(out)


def mutate(rng, segments):
    """One character edited; returns the text and the fields that the edit may touch."""
    spots = [(i, j) for i, (_, text) in enumerate(segments) for j in range(len(text))]
    i, j = rng.choice(spots)
    touched = set(segments[i][0])
    # An edit at the edge of a segment stands beside its neighbour too.
    if j == 0 and i:
        touched |= segments[i - 1][0]
    if j == len(segments[i][1]) - 1 and i + 1 < len(segments):
        touched |= segments[i + 1][0]
    # Between blanks a name has no end of its own: a neighbour that is no longer known may be part of it.
    for k, separator in ((i - 2, i - 1), (i + 2, i + 1)):
        if 0 <= k < len(segments) and segments[separator][1].isspace():
            touched |= segments[k][0] & {"ibu", "nama"}
    text = segments[i][1]
    new = rng.choice("abcdehilmnoprstu0123456789#*,; .")
    edited = {"change": text[:j] + new + text[j + 1:], "insert": text[:j] + new + text[j:],
              "delete": text[:j] + text[j + 1:]}[rng.choice(["change", "insert", "delete"])]
    return text_of(segments[:i]) + edited + text_of(segments[i + 1:]), touched
