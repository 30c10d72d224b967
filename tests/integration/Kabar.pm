# A kabard under test and the operator that it talks to, which is Net::SMPP: a codec that is not ours.
#
# Nothing sleeps: every wait is a select() with a deadline on the sockets and on a pipe that kabard holds open.
package Kabar;
use strict;
use warnings;
use Cwd qw(abs_path);
use Encode ();
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use IO::Select;
use Net::SMPP;
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(time);

our $TOP = $ENV{top_srcdir} || abs_path(dirname(__FILE__) . '/../..');
our $BUILD = $ENV{top_builddir} || '.';
our $PATIENCE = $ENV{KABAR_PATIENCE} || ($ENV{KABAR_SANITIZED} ? 180 : 60);    # seconds until a test gives up: against hanging only, machines are slow
$SIG{PIPE} = 'IGNORE';

# now: "YYYY-MM-DD HH:MM:SS" UTC that kabard shall see (the wall clock moves on from there).
sub new {
	my ($class, %arg) = @_;
	my $me = bless {peers => [], conf => {}, %arg}, $class;
	$me->{dir} ||= tempdir('kabar-XXXXXX', TMPDIR => 1, CLEANUP => 1);
	$me->{db} = "$me->{dir}/kabar.db";
	$me->use_postgres if $ENV{KABAR_TEST_POSTGRES} && !$me->{conninfo};
	$me->{listen} = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34) or die "listen: $!";
	$me->{port} = $me->{listen}->sockport;
	return $me;
}

# The same test on PostgreSQL, in a database of its own: tests/cluster.sh run perl crash.pl
my $databases = 0;
sub use_postgres {
	my $me = shift;
	my $name = "kabar_$$" . '_' . ++$databases;
	($me->{conninfo} = $ENV{KABAR_TEST_POSTGRES}) =~ s/dbname=\S+/dbname=$name/;
	system('psql', '-qX', '-c', "CREATE DATABASE $name", $ENV{KABAR_TEST_POSTGRES}) == 0 or die "psql: $?";
}

sub DESTROY {
	my $me = shift;
	local $?;
	$me->kill9 if $me->{pid};
}

# Sections over the standard ones: configure(limits => {batch => 1}, 'smsc uji' => {window => 5}).
sub configure {
	my ($me, %change) = @_;
	my %conf = (
		gateway => {
			name => 'uji', timezone => 'Asia/Jakarta', control => '', quiet => '',
			map { $_ => "$TOP/conf/$_" } grep { -d "$TOP/conf/$_" } qw(forms menus messages lexicon dialects),
		},
		store => {path => $me->{db}, ballast => 1, $me->{conninfo}
			? (driver => 'postgres', conninfo => $me->{conninfo}, key => "$me->{dir}/kabar.key")
			: (driver => 'sqlite')},
		limits => {replies_per_sender_per_day => 100000, replies_per_day => 10000000,
			chat_answers => 100000, chat_answers_per_day => 100000, quick_time => 0},
		'smsc uji' => {
			host => '127.0.0.1', port => $me->{port}, system_id => 'kabar', password => 'rahasia',
			address => 2255, rate => 0, window => 100,
		},
	);
	for my $section (keys %change) {
		$conf{$section}{$_} = $change{$section}{$_} for keys %{$change{$section}};
	}
	my $text = '';
	for my $section (sort keys %conf) {
		$text .= "[$section]\n";
		for (sort keys %{$conf{$section}}) {
			$text .= "$_ = $conf{$section}{$_}\n" if defined $conf{$section}{$_};
		}
	}
	$me->write_file("$me->{dir}/kabar.conf", $text);
}

sub write_file {
	my ($me, $path, $text) = @_;
	open my $out, '>', $path or die "$path: $!";
	print $out $text;
	close $out or die "$path: $!";
}

sub read_file {
	my ($me, $path) = @_;
	open my $in, '<', $path or return '';
	local $/;
	return scalar <$in>;
}

# What programs under test run with: the wall clock of the test, the sanitizer's runtime before it.
sub environment {
	my $me = shift;
	return unless $me->{now};
	my $shim = abs_path("$BUILD/tests/shims/wallclock.so") or die "no wallclock.so";
	my @first = $ENV{KABAR_SANITIZED} ? split(' ', `gcc -print-file-name=libasan.so`) : ();
	chomp(my $target = `date -u -d '$me->{now}' +%s`);
	$ENV{WALLCLOCK_OFFSET} = $target - time();
	$ENV{LD_PRELOAD} = join ':', @first, $shim;
}

# Runs kabarctl; returns its output, dies when it fails.
sub ctl {
	my ($me, @args) = @_;
	my $out = "$me->{dir}/ctl.out";
	my $pid = fork() // die "fork: $!";
	if (!$pid) {
		open STDOUT, '>', $out;
		open STDERR, '>&', \*STDOUT;
		$me->environment;
		exec "$BUILD/kabarctl", '-c', "$me->{dir}/kabar.conf", @args or POSIX::_exit(127);
	}
	waitpid $pid, 0;
	my $status = $?;
	my $text = $me->read_file($out);
	# "status" tells by its own that the gateway is not healthy.
	die "kabarctl @args: status $status: $text" if $status && !($args[0] eq 'status' && $text =~ /healthy/i);
	return $text;
}

# The places and people of the corpus: Trenggalek, Panggul.
sub import_context {
	my ($me, %file) = @_;
	my $context = "$TOP/tests/corpus/context";
	$me->ctl('import', 'areas', $file{areas} || "$TOP/conf/areas/wilayah.csv");
	$me->ctl('import', 'puskesmas', $file{puskesmas} || "$context/puskesmas.csv");
	$me->ctl('import', 'posyandu', $file{posyandu} || "$context/posyandu.csv");
	$me->ctl('import', 'people', $file{people} || "$context/people.csv");
}

# The n-th of many births of yesterday, the same each time. No two names are alike, so that none is taken for another's
# event, and none has a word in it: no Y, for "NY" and "BY" before a consonant are titles, which are asked about. The first
# 20,000 were read, each as it is.
my @letters = ('A' .. 'X', 'Z');
my $yesterday;
sub birth {
	my $n = shift;
	($yesterday) = map { chomp; $_ } `date -d yesterday +%d/%m/%Y` if !$yesterday;
	my @name = map { my $k = $_; join '', map { my $l = $letters[$k % @letters]; $k = int($k / @letters); $l } 1 .. 6 }
		$n * 7919 + 12345, $n * 104729 + 999;
	return sprintf 'LAHIR#%s %s#25#%s#L#%d#49#PKM#BIDAN#HIDUP', @name, $yesterday, 2500 + $n % 1500;
}

# People for loads: N kader with numbers +62899000000NNNN, all of the corpus' posyandu.
sub import_crowd {
	my ($me, $count) = @_;
	my $file = "$me->{dir}/crowd.csv";
	my $text = "phone,name,role,area,posyandu,language\n";
	$text .= sprintf "+62899000000%04d,KADER %d,kader,35.03.01.2004,35.03.01.2004.001,id\n", $_, $_ for 0 .. $count - 1;
	$me->write_file($file, $text);
	$me->ctl('import', 'people', $file);
}

# A store that others are copied from: opened once by kabarctl, closed, so that it is one file.
sub use_template {
	my ($me, $template) = @_;
	unlink glob("$me->{db}*");
	copy("$template->{db}$_", "$me->{db}$_") or die "copy: $!" for '', '.key';
	chmod 0600, "$me->{db}.key";
}

# Starts kabard; %arg: wrap => [command before it], as_it_is => 1: also without a store.
sub start {
	my ($me, %arg) = @_;
	$me->ctl('store', 'init') if ($me->{conninfo} || !-e $me->{db}) && !$arg{as_it_is};
	pipe(my $alive, my $held) or die "pipe: $!";
	my $pid = fork() // die "fork: $!";
	if (!$pid) {
		close $alive;
		fcntl($held, 2, 0);    # F_SETFD: inherited, so that its end tells the death of kabard
		open STDIN, '<', '/dev/null';
		open STDOUT, '>>', "$me->{dir}/kabard.log";
		open STDERR, '>&', \*STDOUT;
		setpgrp(0, 0);
		$me->environment;
		my @command = (@{$arg{wrap} || []}, "$BUILD/kabard", '-c', "$me->{dir}/kabar.conf", '-f');
		exec @command or POSIX::_exit(127);
	}
	close $held;
	@$me{qw(pid alive)} = ($pid, $alive);
}

sub log { $_[0]->read_file("$_[0]{dir}/kabard.log") }

# Waits for kabard's end; its status as $?, or undef when it lives on.
sub wait_exit {
	my ($me, $seconds) = @_;
	my $until = time + ($seconds || $PATIENCE);
	while (time < $until) {
		if (!IO::Select->new($me->{alive})->can_read($until - time)) {
			return undef;
		}
		last if !sysread $me->{alive}, my $octets, 64;
	}
	waitpid $me->{pid}, 0;
	my $status = $?;
	delete @$me{qw(pid alive)};
	$_->close for @{$me->{peers}};
	$me->{peers} = [];
	return $status;
}

# Asks kabard to end and serves the sessions meanwhile; its status, undef when it did not end in time.
sub stop {
	my ($me, $seconds) = @_;
	kill TERM => $me->{pid};
	my $until = time + ($seconds || $PATIENCE);
	$me->serve(sub { IO::Select->new($me->{alive})->can_read(0) }, $until - time);
	return $me->wait_exit($until - time > 0 ? $until - time : 0.01);
}

sub kill9 {
	my $me = shift;
	kill KILL => -$me->{pid}, $me->{pid};
	return $me->wait_exit;
}

# One round of the operator: accepts, answers binds, enquiries, unbinds and submits, notes responses.
# Ends when done() is true or after the given seconds; returns whether done() is true.
sub serve {
	my ($me, $done, $seconds) = @_;
	my $until = time + ($seconds || $PATIENCE);
	until ($done->()) {
		my $left = $until - time;
		return 0 if $left <= 0;
		my $select = IO::Select->new($me->{listen}, map { $_->{socket} } @{$me->{peers}});
		$select->add($me->{alive}) if $me->{alive};
		for my $ready ($select->can_read($left)) {
			if ($ready == $me->{listen}) {
				$me->accept_peer;
			} elsif ($me->{alive} && $ready == $me->{alive}) {
				return $done->() ? 1 : 0;    # kabard is dead
			} else {
				$me->read_peer(grep { $_->{socket} == $ready } @{$me->{peers}});
			}
		}
	}
	return 1;
}

# Serves until something is true that no socket tells of: a line of the log, a figure of the status.
sub comes {
	my ($me, $done, $seconds) = @_;
	my $until = time + ($seconds || $PATIENCE);
	until ($done->()) {
		return 0 if time > $until;
		$me->serve(sub { 0 }, 0.02);
	}
	return 1;
}

sub accept_peer {
	my $me = shift;
	my $socket = $me->{listen}->accept or return;
	$socket->set_version(0x34);
	push @{$me->{peers}}, Kabar::Peer->new($me, $socket);
}

sub read_peer {
	my ($me, $peer) = @_;
	return if $peer->read_one;
	$peer->close;
	@{$me->{peers}} = grep { $_ != $peer } @{$me->{peers}};
}

# Waits until kabard is bound and receives; the peer, or undef.
sub bound {
	my ($me, $seconds) = @_;
	my $peer;
	$me->serve(sub { ($peer) = grep { $_->{receives} } @{$me->{peers}}; $peer }, $seconds);
	return $peer;
}

sub submits { @{$_[0]{submits} || []} }

# SQL over the store; rows of a list as "a|b". The schema is an internal of the store: keep it few and plain.
sub sql {
	my ($me, $query) = @_;
	if ($me->{conninfo}) {    # the few words that the two spell differently
		$query =~ s/group_concat\((\w+)\)/string_agg($1, ',')/g;
		$query =~ s/json_extract\((\w+), '\$\.(\w+)'\)/($1::json->>'$2')::numeric/g;
	}
	my @client = $me->{conninfo} ? ('psql', '-qXAt', '-d', $me->{conninfo}, '-c')
		: ('sqlite3', '-readonly', '-cmd', '.timeout 10000', $me->{db});
	open my $out, '-|', @client, $query or die "$client[0]: $!";
	my @rows = <$out>;
	close $out or die "$client[0]: $query: status $?";
	chomp @rows;
	return wantarray ? @rows : $rows[0];
}

package Kabar::Peer;
use strict;
use warnings;

# Characters whose code in GSM 03.38 is not that of ASCII, and those that are missing there.
my %GSM = ('@' => "\x00", '$' => "\x02", '_' => "\x11", '^' => "\x1b\x14", '{' => "\x1b\x28", '}' => "\x1b\x29",
	'\\' => "\x1b\x2f", '[' => "\x1b\x3c", '~' => "\x1b\x3d", ']' => "\x1b\x3e", '|' => "\x1b\x40");
my %PLAIN = reverse %GSM;

sub new {
	my ($class, $kabar, $socket) = @_;
	return bless {kabar => $kabar, socket => $socket, answers => {}, seq => 0}, $class;
}

sub close { CORE::close($_[0]{socket}) }

# Text to (octets, data_coding).
sub encode_text {
	my $text = shift;
	return (Encode::encode('UTF-16BE', $text), 8) if $text =~ /[^\x0a\x0d\x20-\x5f\x61-\x7e]/;
	$text =~ s/([\@\$_^{}\\\[~\]|])/$GSM{$1}/g;
	return ($text, 0);
}

sub decode_text {
	my ($octets, $coding) = @_;
	return Encode::decode('UTF-16BE', $octets) if $coding == 8;
	$octets =~ s/(\x1b[\x14\x28\x29\x2f\x3c\x3d\x3e\x40]|[\x00\x02\x11])/$PLAIN{$1}/g;
	return $octets;
}

# Writes a deliver_sm, does not wait. Returns its sequence number.
sub deliver {
	my ($me, $from, $text, %more) = @_;
	my ($octets, $coding) = encode_text($text);
	my $seq = ++$me->{seq};
	(my $digits = $from) =~ s/^\+//;
	$me->{socket}->deliver_sm(async => 1, seq => $seq, source_addr_ton => 1, source_addr_npi => 1,
		source_addr => $digits, dest_addr_ton => 0, dest_addr_npi => 1, destination_addr => '2255',
		data_coding => $coding, short_message => $octets, %more);
	$me->{answers}{$seq} = undef;
	return $seq;
}

# Reads and handles one PDU; false at the end of the connection.
sub read_one {
	my $me = shift;
	local $SIG{__WARN__} = sub { };    # Net::SMPP tells of every end of file
	my $pdu = $me->{socket}->read_pdu or return 0;
	my $command = $pdu->{cmd};
	if ($command == 1 || $command == 2 || $command == 9) {
		$me->on_bind($pdu, $command);
	} elsif ($command == 4) {
		$me->on_submit($pdu);
	} elsif ($command == 0x15) {
		$me->{socket}->enquire_link_resp(seq => $pdu->{seq}) if !$me->{kabar}{mute};
	} elsif ($command == 6) {
		$me->{socket}->unbind_resp(seq => $pdu->{seq});
		$me->{kabar}{unbinds}++;
	} elsif ($command == 0x80000005 || $command == 0x80000103) {
		$me->{answers}{$pdu->{seq}} = $pdu->{status};
	}
	return 1;
}

sub on_bind {
	my ($me, $pdu, $command) = @_;
	my $status = $pdu->{password} eq 'rahasia' ? 0 : 0x0E;
	my $respond = {1 => 'bind_receiver_resp', 2 => 'bind_transmitter_resp', 9 => 'bind_transceiver_resp'}->{$command};
	$me->{socket}->$respond(seq => $pdu->{seq}, status => $status, system_id => 'net-smpp');
	$me->{receives} = $status == 0 && $command != 2;
}

sub on_submit {
	my ($me, $pdu) = @_;
	my $hook = $me->{kabar}{on_submit};
	my $status = $hook ? $hook->($me, $pdu) : 0;
	return if !defined $status;
	$me->{socket}->submit_sm_resp(seq => $pdu->{seq}, status => $status, message_id => sprintf('%x', ++$me->{kabar}{ids}));
	push @{$me->{kabar}{submits}}, {
		to => ($pdu->{dest_addr_ton} == 1 ? '+' : '') . $pdu->{destination_addr},
		from => $pdu->{source_addr}, coding => $pdu->{data_coding}, esm => $pdu->{esm_class}, octets => $pdu->{short_message},
		text => decode_text($pdu->{short_message}, $pdu->{data_coding}),
	} if $status == 0;
}

# Waits for the answer to a deliver_sm; its status, undef when none came.
sub answer {
	my ($me, $seq, $seconds) = @_;
	$me->{kabar}->serve(sub { defined $me->{answers}{$seq} }, $seconds);
	return $me->{answers}{$seq};
}

1;
