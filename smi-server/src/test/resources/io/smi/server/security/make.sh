#!/bin/sh -eu
# Makes the certificates and keys of this folder.
cd "$(dirname "$0")"
rm -f ./*.pem ./*.key
days=36500

ca() { # name, subject
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj "/CN=$2" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign \
    -keyout "$1.key" -out "$1.pem"
}

leaf() { # name, subject, usage, names, then how to make the key
  name=$1 subject=$2 usage=$3 names=$4
  shift 4
  openssl genpkey "$@" -out "$name.key"
  openssl req -new -key "$name.key" -subj "/CN=$subject" -out "$name.csr"
  printf 'extendedKeyUsage=%s\nsubjectAltName=%s\n' "$usage" "$names" > "$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" \
    -extfile "$name.ext" -out "$name.pem"
  rm "$name.csr" "$name.ext"
}

here=DNS:localhost,IP:127.0.0.1,IP:::1
ca ca 'smi test CA'
leaf rsa 'smi test rsa' serverAuth $here -algorithm RSA -pkeyopt rsa_keygen_bits:2048
leaf ec 'smi test ec' serverAuth $here -algorithm EC -pkeyopt ec_paramgen_curve:P-256
leaf ec384 'smi test ec384' serverAuth $here -algorithm EC -pkeyopt ec_paramgen_curve:P-384
leaf ed25519 'smi test ed25519' serverAuth $here -algorithm ED25519
leaf renewed 'smi test renewed' serverAuth $here -algorithm EC -pkeyopt ec_paramgen_curve:P-256
leaf client 'smi test client' clientAuth \
  DNS:client.example,email:ops@client.example,URI:spiffe://example/smi,IP:192.0.2.7,IP:2001:db8::7 \
  -algorithm EC -pkeyopt ec_paramgen_curve:P-256

# A client that no CA of ours knows.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj '/CN=smi test stranger' \
  -addext subjectAltName=DNS:client.example -keyout stranger.key -out stranger.pem

# The same keys in other forms.
openssl rsa -in rsa.key -traditional -out rsa-pkcs1.key
openssl ec -in ec.key -out ec-sec1.key
openssl ec -in ec384.key -out ec384-sec1.key
{ openssl ecparam -name prime256v1; cat ec-sec1.key; } > ec-with-parameters.key
openssl pkcs8 -topk8 -in ec.key -passout pass:secret -out encrypted.key
openssl rsa -in rsa.key -traditional -aes128 -passout pass:secret -out encrypted-pkcs1.key
rm -f ./*.srl ca.key
