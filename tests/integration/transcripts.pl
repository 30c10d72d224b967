# The same conversations over Net::SMPP as in transcripts: what `kabarctl play` shows on phones is, text by text,
# what kabard submits to the operator. Time that passes is a kabard that starts later.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use File::Basename qw(dirname);
use Kabar;
use Test::More;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $LONGEST = 2 * 3600;    # of waiting: of timers that fall due together the order is not the same
my %UNIT = (s => 1, m => 60, h => 3600, d => 86400);

# The lines of a transcript, each with what `kabarctl play` shows for it: [line, [to, text], ...].
sub shown {
	my $file = shift;
	local $ENV{KABAR_DATA} = "$Kabar::TOP/conf";
	open my $out, '-|:utf8', "$Kabar::BUILD/kabarctl", 'play', '--show', $file or die "kabarctl: $!";
	my @lines;
	while (<$out>) {
		chomp;
		if (/^\t([^\t]+)\t(.*)/) {
			push @{$lines[-1]}, [$1, $2 =~ s/\\n/\n/gr];
		} else {
			push @lines, [$_];
		}
	}
	close $out;
	die "$file does not pass" if $lines[-1][0] ne '1 passed, 0 failed';
	return @lines;
}

# Only SMS, whole and once, short waits, and no code that is drawn by lot.
sub can_be_sent {
	my $file = shift;
	open my $in, '<:utf8', $file or die "$file: $!";
	my @lines = <$in>;
	my $waits = 0;
	/^wait\s+(\d+)([smhd])/ and $waits += $1 * $UNIT{$2} for @lines;
	return $waits <= $LONGEST && !grep { /^(ussd|conf|fail)\b|GANTI NO|^sms\s+\S+\s+(again|part)\b|^sms\s+[^+]/ } @lines;
}

sub start {
	my $kabar = shift;
	$kabar->start;
	return $kabar->bound || BAIL_OUT('kabard does not bind: ' . $kabar->log);
}

# "YYYY-MM-DD HH:MM" in Jakarta, seconds later, in UTC.
sub utc {
	my ($clock, $later) = @_;
	chomp(my $text = `date -u -d '$clock +0700 $later seconds' '+%F %T'`);
	return $text;
}

my %PLAIN = (n => "\n", t => "\t", '\\' => '\\');

sub unescape { $_[0] =~ s/\\(?:u([0-9a-fA-F]{4})|(.))/defined $1 ? chr hex $1 : $PLAIN{$2}/ger }

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
	my ($clock, $peer, $later, @want) = ('', undef, 0);
	$kabar->configure;
	for (shown($file)) {
		my ($line, @messages) = @$_;
		push @want, @messages;
		if ($line =~ /^clock\s+(.*)/) {
			$clock = $1;
			$kabar->{now} = utc($clock, 0);
		} elsif ($line =~ /^import\s+(\S+)\s+(\S+)/) {
			$kabar->ctl('import', $1, dirname($file) . "/$2");
		} elsif ($line =~ /^(restart|wait\s+(\d+)([smhd]))/) {
			$kabar->stop if $peer;
			$later += $2 * $UNIT{$3} if defined $2;
			$kabar->{now} = utc($clock, $later);
			$peer = start($kabar);
		} elsif ($line =~ /^sms\s+(\S+):\s?(.*)/) {
			$peer ||= start($kabar);
			is($peer->answer($peer->deliver($1, unescape($2))), 0, "acknowledged: $line");
		}
		$kabar->serve(sub { whole($kabar->submits) >= @want }) if $peer;
	}
	is($kabar->stop, 0, 'SIGTERM ends it with status 0') or diag($kabar->log);
	my @got = whole($kabar->submits);
	is_deeply(by_phone(@got), by_phone(@want), 'every phone reads the same texts');
}

my @files = grep { can_be_sent($_) } @ARGV ? @ARGV : glob "$Kabar::TOP/tests/play/*/*.play";
cmp_ok(scalar @files, ">=", 40, "conversations to hold") if !@ARGV;
for my $file (@files) {
	subtest substr($file, length "$Kabar::TOP/tests/play/") => sub { converse($file) };
}
done_testing();
