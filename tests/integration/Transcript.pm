# Transcripts of tests/play that an operator can play over SMPP, and what `kabarctl play` shows for each of their lines.
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
our $BUILD = $ENV{top_builddir} || '.';

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

# The steps of a transcript, each with the messages that phones then get: want => [[PHONE, TEXT], …].
sub steps {
	my $file = shift;
	my ($at, @steps) = ({clock => '2024-01-01 00:00', later => 0});
	local $ENV{KABAR_DATA} = "$TOP/conf";
	open my $out, '-|:utf8', "$BUILD/kabarctl", 'play', '--show', $file or die "kabarctl: $!";
	my $last = '';
	while (<$out>) {
		chomp;
		if (/^\t([^\t]+)\t(.*)/) {
			push @{$steps[-1]{want}}, [$1, unescape($2)];
		} else {
			push @steps, step($file, $last = $_, $at);
		}
	}
	close $out;
	die "$file does not pass" if $last ne '1 passed, 0 failed';
	return @steps;
}

sub print_all {
	my $json = JSON::PP->new->utf8->canonical;
	print $json->encode({name => name($_), steps => [steps($_)]}), "\n" for files();
}

1;
