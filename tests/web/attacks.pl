# What hostile texts, URLs and connections do to kabar-web: nothing.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Time::HiRes qw(time);
use Web;

my $web = Web->new;
my $kabar = $web->{kabar};
my $browser = $web->browser('dinkes');
my ($nurul, $kader, $stranger) = ('+6281200000003', '+6281200000001', '+6281355500001');

subtest 'texts of phones' => sub {
	my @evil = ('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", '</title><svg/onload=alert(1)>',
		'{{7*7}} ${7*7} &lt;script&gt;', "\x{ff1c}script\x{ff1e}alert(1)\x{ff1c}/script\x{ff1e}", "\x{202e}<b>\x{2028}</textarea><script>");
	for my $evil (@evil) {
		$web->sms($kader, "tanya bu $evil kapan posyandu");
		$web->sms($nurul, "LAHIR#SITI $evil#25#KEMARIN#L#3200#49#PKM#BIDAN#HIDUP");
		$web->sms($nurul, "MATI BAYI#BY NY $evil#2 HARI#KEMARIN#RSUD#$evil");
		$web->sms($stranger, "DAFTAR KADER $evil MELATI WONOCOYO");
	}
	my @refs = $kabar->sql('SELECT ref FROM reports');
	ok(@refs > 5, scalar(@refs) . ' reports came of it');
	for my $path ('/', '/kotak-masuk', '/laporan', '/kematian', '/pendaftaran', '/kelengkapan', map { "/laporan/rinci?ref=$_" } @refs) {
		my $page = $browser->page($path);
		like($page, qr/^<!doctype html>/, "$path is shown");
		unlike($page, qr/<script(?! src="\/aset\/)|<img|<svg[^>]*onload|<[^>]*\son\w+=|<b>\x{202e}/i, '... and none of it is markup');
	}
};

subtest 'URLs' => sub {
	for my $name (qw(wilayah bulan indikator form status cari sebelum nomor per unduh tabel ke dari ref)) {
		for my $evil ('"><script>alert(1)</script>', "' OR 1=1 --", "'; DROP TABLE reports; --", "%00", '../../../../etc/passwd', "\r\nSet-Cookie: x=1") {
			my $encoded = $evil =~ s/([^\w.-])/sprintf '%%%02X', ord $1/ger;
			for my $path ('/pws', '/laporan', '/kelengkapan', '/latihan', '/pendaftaran') {
				my $response = $browser->get("$path?$name=$encoded");
				unlike("$response->{status} $response->{content}", qr/^500|<script>alert|root:x:/, "$path $name");
				ok(!$response->{headers}{'set-cookie'} || $response->{headers}{'set-cookie'} !~ /x=1/, 'no header of theirs');
			}
		}
	}
	ok($kabar->sql('SELECT count(*) FROM reports') > 0, 'the reports are still there');
	for my $path ('/aset/../../../etc/passwd', '/aset/..%2f..%2fetc/passwd', '/aset/%2e%2e/kabar.conf', '//etc/passwd', '/aset/', '/aset/kabar.css%00', '/.git/config') {
		my $answer = $web->raw("GET $path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		unlike($answer, qr/root:x:|\[gateway\]|^HTTP\/1.1 200/, "no file by $path");
	}
	for my $to ('//jahat.example', 'https://jahat.example', '/\\jahat.example', "/\r\nX: y") {
		my $encoded = $to =~ s/([^\w.-])/sprintf '%%%02X', ord $1/ger;
		is($browser->get("/bahasa?ke=id&dari=$encoded")->{headers}{location}, '/', 'nobody is sent away');
	}
};

subtest 'headers' => sub {
	for my $path ('/pws', '/masuk', '/aset/kabar.css', '/tidak-ada') {
		my $headers = $browser->get($path)->{headers};
		like($headers->{'content-security-policy'}, qr/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/, "$path: CSP");
		unlike($headers->{'content-security-policy'}, qr/unsafe|\*|https?:/, 'a strict one');
		is($headers->{'x-content-type-options'}, 'nosniff', 'nosniff');
	}
	is($browser->get('/pws')->{headers}{'cache-control'}, 'no-store', 'pages are not kept');
	my $page = $browser->page('/pws');
	unlike($page, qr/ style="|<script>|https?:\/\//, 'nothing inline, nothing from elsewhere');
};

subtest 'bodies, headers, methods' => sub {
	my $big = 'x' x (2 << 20);
	my $answer = $web->raw("POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: " . length($big) . "\r\n\r\n$big");
	like($answer, qr/^$|^HTTP\/1.1 4/, 'a body of 2 MB is refused');
	$answer = $web->raw("GET / HTTP/1.1\r\nHost: x\r\nX: " . ('y' x 100000) . "\r\n\r\n");
	like($answer, qr/^$|^HTTP\/1.1 4/, 'headers of 100 kB are refused');
	like($web->raw("$_ / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), qr/^$|^HTTP\/1.1 [45]/, "$_ is no method here") for qw(PUT DELETE TRACE OPTIONS);
	like($web->raw("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" x 10, 5), qr/^$|^HTTP\/1.[01] 4/, 'TLS on the plain port');
	is($browser->get('/pws')->{status}, 200, 'it still serves');
};

subtest 'connections' => sub {
	my @held;
	for (1 .. 1000) {
		my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$web->{port}", Timeout => 2) or last;
		print $socket "GET / HTTP/1.1\r\nX-Slow: ";
		push @held, $socket;
	}
	cmp_ok(scalar @held, '>=', 900, scalar(@held) . ' connections that never finish asking');
	my $start = time;
	is($browser->get('/pws')->{status}, 200, 'a page all the same');
	cmp_ok(time - $start, '<', 2, sprintf 'in %.0f ms', 1000 * (time - $start));
	# slow loris: a header's octet now and then does not keep a connection
	my $slow = $held[-1];
	my ($gone, $until) = (0, time + 25);
	local $SIG{PIPE} = 'IGNORE';
	while (!$gone && time < $until) {
		syswrite $slow, 'a' or $gone = 1;
		if (!$gone && IO::Select->new($slow)->can_read(0.5)) { $gone = !sysread $slow, my $octet, 100 }
	}
	ok($gone, 'who feeds octets one by one is cut off');
	is($browser->get('/pws')->{status}, 200, 'and pages go on');
};

is($web->finish, 0, 'SIGTERM: exit status 0') or diag($web->log);
done_testing();
