/** An authority that was good in January 2020; what `openssl` makes today is good today. */
export const expiredCertificate = `-----BEGIN CERTIFICATE-----
MIIBDjCBtAIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAh3ZWJob29rczAeFw0y
MDAxMDEwMDAwMDBaFw0yMDAyMDEwMDAwMDBaMBMxETAPBgNVBAMMCHdlYmhvb2tz
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbMQP4Ub4nFKslGor824B+dereVWi
spJ1ahW6JXfN/ue2xhjX1rAHZyp2SawUBBuLIEhf9mkxSCbXCFHc1THszjAKBggq
hkjOPQQDAgNJADBGAiEA8h+mxbWj4KFlJVHqc+XXGArR1eHiymRh9McYmLWeUOwC
IQC9A0b5knWjdt8NiQyNsyvDVoYu2pmp4GCd3nMEoWxrrQ==
-----END CERTIFICATE-----
`;
