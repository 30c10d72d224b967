# Transcripts of tests/play that an operator can play over SMPP, and what phones then read, as somebody has read it.
# Another program gets them as JSON, one transcript per line:
#   perl -I tests/integration -MTranscript -e Transcript::print_all
package Transcript;
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use JSON::PP;
use POSIX qw(strftime);
use Time::Local qw(timegm_nocheck);

our $TOP = $ENV{top_srcdir} || abs_path(dirname(__FILE__) . '/../..');

my $LONGEST = 2 * 3600;    # of waiting: of timers that fall due together the order is not the same
my %UNIT = (s => 1, m => 60, h => 3600, d => 86400);
my %PLAIN = (n => "\n", t => "\t", '\\' => '\\');

sub unescape { $_[0] =~ s/\\(?:u([0-9a-fA-F]{4})|(.))/defined $1 ? chr hex $1 : $PLAIN{$2}/ger }

# Only SMS, whole and once, on one day, short waits, and no code that is drawn by lot.
sub can_be_sent {
	my $file = shift;
	open my $in, '<:utf8', $file or die "$file: $!";
	my @lines = <$in>;
	my $waits = 0;
	/^wait\s+(\d+)([smhd])/ and $waits += $1 * $UNIT{$2} for @lines;
	return $waits <= $LONGEST && (() = grep { /^clock\b/ } @lines) < 2 && !grep { /^(ussd|conf|fail)\b|GANTI NO|^sms\s+\S+\s+(again|part|quick)\b|^sms\s+[^+]/ } @lines;
}

sub files { grep { can_be_sent($_) } @_ ? @_ : glob "$TOP/tests/play/*/*.play" }

sub name { substr $_[0], length "$TOP/tests/play/" }

# "YYYY-MM-DD HH:MM" in Jakarta, seconds later, in UTC.
sub utc {
	my ($clock, $later) = @_;
	my ($year, $month, $day, $hour, $minute) = $clock =~ /^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/ or die "clock $clock";
	return strftime('%F %T', gmtime timegm_nocheck(0, $minute, $hour - 7, $day, $month - 1, $year) + $later);
}

# What is to be done for a line, if anything: {import => [KIND, FILE]}, {restart => 1}, {from => PHONE, text => TEXT};
# each with now => the UTC time of kabard's clock. $at keeps the clock from line to line.
sub step {
	my ($file, $line, $at) = @_;
	my $do = {};
	if ($line =~ /^clock\s+(.*)/) {
		$at->{clock} = $1;
	} elsif ($line =~ /^import\s+(\S+)\s+(\S+)/) {
		$do = {import => [$1, dirname($file) . "/$2"]};
	} elsif ($line =~ /^(restart|wait\s+(\d+)([smhd]))/) {
		$at->{later} += $2 * $UNIT{$3} if defined $2;
		$do = {restart => 1};
	} elsif ($line =~ /^sms\s+(\S+):\s?(.*)/) {
		$do = {from => $1, text => unescape($2)};
	}
	return {%$do, line => $line, now => utc($at->{clock}, $at->{later}), want => []};
}

# What phones get in a transcript, as somebody has read it (tests/play/golden): its lines, without those that
# tests/play/play.sh leaves out. Never what the program under test says now.
sub golden {
	my $file = shift;
	my ($subject, $name) = $file =~ m{([^/]+)/([^/]+)$};
	my ($here, @lines);
	open my $in, '<:utf8', "$TOP/tests/play/golden/$subject.txt" or die "golden/$subject.txt: $!";
	while (<$in>) {
		chomp;
		$here = $1 eq $name if /^== (.*)/;
		push @lines, $_ if $here && !/^== /;
	}
	return @lines;
}

# The steps of a transcript, each with the messages that phones then get: want => [[PHONE, TEXT], …].
sub steps {
	my $file = shift;
	my ($at, @steps) = ({clock => '2024-01-01 00:00', later => 0});
	my @golden = golden($file);
	open my $in, '<:utf8', $file or die "$file: $!";
	while (<$in>) {
		chomp;
		push @steps, step($file, $_, $at);
		next if /^(?:expect|import|clock|#|$)/;
		die "golden of $file: " . ($golden[0] // 'nothing') . ", not $_" if !@golden || shift @golden ne $_;
		while (@golden && $golden[0] =~ /^\t([^\t]+)\t(.*)/) {
			push @{$steps[-1]{want}}, [$1, unescape($2)];
			shift @golden;
		}
	}
	die "golden of $file: nobody says $golden[0]" if @golden;
	return @steps;
}

sub print_all {
	my $json = JSON::PP->new->utf8->canonical;
	print $json->encode({name => name($_), steps => [steps($_)]}), "\n" for files();
}

1;
