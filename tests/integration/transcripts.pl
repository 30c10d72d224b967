# The same conversations over Net::SMPP as in transcripts: what somebody has read for each phone (tests/play/golden) is,
# text by text, what kabard submits to the operator. Time that passes is a kabard that starts later.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Test::More;
use Transcript;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

sub start {
	my $kabar = shift;
	$kabar->start;
	return $kabar->bound || BAIL_OUT('kabard does not bind: ' . $kabar->log);
}

# Long texts come in parts: the header goes, and the parts of one text are put together again.
sub whole {
	my (%open, @texts);
	for my $part (@_) {
		my ($to, $text) = @$part{qw(to text)};
		if (($part->{esm} || 0) & 0x40) {
			my ($total, $number) = unpack 'x4CC', $part->{octets};
			$text = Kabar::Peer::decode_text(substr($part->{octets}, 6), $part->{coding});
			$open{$to} = ($number == 1 ? '' : $open{$to}) . $text;
			next if $number < $total;
			$text = $open{$to};
		}
		push @texts, [$to, $text];
	}
	return @texts;
}

# The texts that each phone got, in its order.
sub by_phone {
	my %texts;
	push @{$texts{$_->[0]}}, $_->[1] for @_;
	return \%texts;
}

sub converse {
	my $file = shift;
	my $kabar = Kabar->new;
	my ($peer, @want);
	# Chat is bounded as by default; the calendar, which a transcript runs when it waits, is kept out.
	$kabar->configure(limits => {chat_answers => 2, chat_answers_per_day => 5},
		reminders => {day => 0, summary_day => 0});
	for my $step (Transcript::steps($file)) {
		push @want, @{$step->{want}};
		if ($step->{restart}) {
			$kabar->stop if $peer;
			$peer = undef;
		}
		$kabar->{now} = $step->{now} if !$peer;
		$kabar->ctl('import', @{$step->{import}}) if $step->{import};
		$peer ||= start($kabar) if $step->{restart} || $step->{from};
		is($peer->answer($peer->deliver($step->{from}, $step->{text})), 0, "acknowledged: $step->{line}") if $step->{from};
		$kabar->serve(sub { whole($kabar->submits) >= @want }) if $peer;
	}
	is($kabar->stop, 0, 'SIGTERM ends it with status 0') or diag($kabar->log);
	my @got = whole($kabar->submits);
	is_deeply(by_phone(@got), by_phone(@want), 'every phone reads the same texts');
}

# In a check every third of them, others than those that are played on PostgreSQL; all with KABAR_ALL=1 (make soak).
my @files = Transcript::files(@ARGV);
@files = @files[grep { $_ % 3 == 1 } 0 .. $#files] if !@ARGV && !$ENV{KABAR_ALL};
cmp_ok(scalar @files, '>=', 40, 'conversations to hold') if !@ARGV;
for my $file (@files) {
	subtest Transcript::name($file) => sub { converse($file) };
}
done_testing();
