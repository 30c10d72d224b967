# strace shows it: the write that carries deliver_sm_resp comes after an fdatasync (or fsync) of the store's log that
# came after the message was read. The negative control: a trace without the sync must be refused.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kabar;
use Test::More;

# Judges a trace: '' when the response comes after a sync of the -wal file that began after the message was read and has
# ended. Where two threads are in calls, strace writes a call in two lines: "… <unfinished ...>", "<... NAME resumed>…".
sub judge {
	my ($trace, $mark) = @_;
	my (%path, %begun, %opening);    # fd => file; thread => its sync, its open
	my ($read, $synced) = (0, 0);
	for (split /\n/, $trace) {
		my ($thread) = /^(\d+)/;
		$path{$2} = $1 if /openat\([^"]*"([^"]+)".*= (\d+)$/;
		$opening{$thread} = $1 if /openat\([^"]*"([^"]+)".*<unfinished/;
		$path{$1} = delete $opening{$thread} if /<\.\.\. openat resumed>.*= (\d+)$/ && $opening{$thread};
		$read = 1 if /(?:read|readv|recv\w*)(?:\(| resumed>).*\Q$mark\E/;
		if ($read && /f(?:data)?sync\((\d+)/ && ($path{$1} // '') =~ /-wal$/) {
			$begun{$thread} = /<unfinished/;
			$synced = 1 if /= 0$/;
		}
		$synced = 1 if /<\.\.\. f(?:data)?sync resumed>.*= 0$/ && delete $begun{$thread};
		# deliver_sm_resp: length, 80 00 00 05, status 0
		next if !/(?:write|writev|send\w*)\(.*\\200\\0\\0\\5\\0\\0\\0\\0/;
		return 'a response before the message' if !$read;
		return $synced ? '' : 'a response without a sync before it';
	}
	return 'no response in the trace';
}

if ($ENV{KABAR_SANITIZED}) {
	plan skip_all => 'the leak checker and ptrace exclude each other';
}
my $probe = `strace -e trace=none true 2>&1`;
plan skip_all => 'ptrace is not allowed here' if $?;

my $kabar = Kabar->new;
$kabar->configure;
$kabar->import_context;
my $trace = "$kabar->{dir}/trace";
$kabar->start(wrap => ['strace', '-f', '-s', '400', '-o', $trace, '-e',
	'trace=openat,read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,fsync,fdatasync']);
my $peer = $kabar->bound(60) or BAIL_OUT('kabard does not bind: ' . $kabar->log);
is($peer->answer($peer->deliver('+6281200000003', 'LAHIR ? BUKTI'), 60), 0, 'acknowledged');
kill TERM => map { /^(\d+)/ } (split /\n/, $kabar->read_file($trace))[0];
$kabar->serve(sub { $kabar->{unbinds} });
$kabar->wait_exit;
my $text = $kabar->read_file($trace);
is(judge($text, 'LAHIR ? BUKTI'), '', 'the log was synced before the response left');
(my $without = $text) =~ s/.*f(?:data)?sync\(.*\n//g;
is(judge($without, 'LAHIR ? BUKTI'), 'a response without a sync before it', 'a trace without the sync is refused');
(my $begun = $text) =~ s/(f(?:data)?sync\(\d+)\)?.*= 0$/$1 <unfinished ...>/mg;
$begun =~ s/^.*f(?:data)?sync resumed>.*\n//mg;
is(judge($begun, 'LAHIR ? BUKTI'), 'a response without a sync before it', 'a sync that has only begun is none');
done_testing();
