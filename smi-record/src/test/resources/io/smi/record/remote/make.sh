#!/bin/sh
# Makes the certificate anew: self-signed, for localhost, valid for 100 years.
set -eu
cd "$(dirname "$0")"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj '/CN=smi test remote' \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout server.key -out server.pem
openssl pkcs12 -export -in server.pem -inkey server.key -name server -passout pass:secret -out server.p12
rm server.key
