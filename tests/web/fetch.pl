#!/usr/bin/perl
# fetch.pl URL ACCOUNT PASSWORD PATH...: logs in and fetches pages; a line for each, exit 1 when one is not 200.
use strict;
use warnings;
use HTTP::Tiny;

my ($base, $account, $password, @paths) = @ARGV;
my $http = HTTP::Tiny->new(max_redirect => 0, timeout => 120);
my %cookies;

sub ask {
	my ($method, $path, $form) = @_;
	my %options = (headers => {Cookie => join('; ', map { "$_=$cookies{$_}" } sort keys %cookies)});
	if ($form) {
		$options{content} = $http->www_form_urlencode($form);
		$options{headers}{'Content-Type'} = 'application/x-www-form-urlencoded';
	}
	my $response = $http->request($method, $base . $path, \%options);
	my $set = $response->{headers}{'set-cookie'} // [];
	for (ref $set ? @$set : ($set)) {
		$cookies{$1} = $2 if /^([^=]+)=([^;]*)/;
	}
	return $response;
}

my ($token) = ask('GET', '/masuk')->{content} =~ /name="csrf" value="([0-9a-f]+)"/;
my $login = ask('POST', '/masuk', {csrf => $token // '', nama => $account, sandi => $password, ke => '/'});
if ($login->{status} != 303) {
	print "login: $login->{status}\n";
	exit 1;
}
my $bad = 0;
for my $path (@paths) {
	my $response = ask('GET', $path);
	printf "  %-24s %s  %d octets\n", $path, $response->{status}, length $response->{content};
	$bad = 1 if $response->{status} != 200;
}
exit $bad;
