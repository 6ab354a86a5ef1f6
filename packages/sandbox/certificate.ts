/**
 * The sandbox's own certificate for 127.0.0.1 and localhost, its own authority, valid to 2126. Its key is public: it
 * protects nothing, and lets clients that insist on TLS talk to a server on the same machine.
 * Made with `openssl ecparam -name prime256v1 -genkey` and `openssl ca -selfsign`.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBlzCCAT6gAwIBAgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9jdXRvdmVy
IHNhbmRib3gwIBcNMjQwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMBoxGDAW
BgNVBAMMD2N1dG92ZXIgc2FuZGJveDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BAhRndMnqKpacA+QvU7WWhYTzF0BMA2DtJhDeFgVoq01AyRDMR7nXWP7erRCnGrW
W16At/EIslAZqZSBTuAwynyjczBxMBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9z
dDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIChDATBgNVHSUEDDAKBggr
BgEFBQcDATAdBgNVHQ4EFgQU8jEzzA41yHHsrlSe3+R4+OUAPTEwCgYIKoZIzj0E
AwIDRwAwRAIgRLx8O8cvkceLnhP9uI0bWWxn7/zr6MD/rLI9uYGaSgACIBd86Zhu
484NHHZ/5fnHuon2XTFjUEMsmJQNRDjG54Iw
-----END CERTIFICATE-----
`;

/** The private key of `certificate`. */
export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqJ2SvxIvvrV5bzVL
0b34tHHfsTM9l28/Scbv/deRDvqhRANCAAQIUZ3TJ6iqWnAPkL1O1loWE8xdATAN
g7SYQ3hYFaKtNQMkQzEe511j+3q0Qpxq1ltegLfxCLJQGamUgU7gMMp8
-----END PRIVATE KEY-----
`;
