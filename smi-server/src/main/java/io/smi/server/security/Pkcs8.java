package io.smi.server.security;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Puts a private key of an older form into the one that Java reads: version, algorithm, the old bytes. */
final class Pkcs8 {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    /** The parameters in a SEC 1 key: the name of its curve. */
    private static final int PARAMETERS = 0xa0;

    private static final byte[] VERSION = der(INTEGER, new byte[] {0});
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Pkcs8() {}

    /** From PKCS#1. */
    static byte[] ofRsa(byte[] pkcs1) {
        return wrap(der(SEQUENCE, RSA), pkcs1);
    }

    /** From SEC 1. */
    static byte[] ofEllipticCurve(byte[] sec1, String origin) throws WebConfigException {
        try {
            return wrap(der(SEQUENCE, EC_PUBLIC_KEY, curve(sec1)), sec1);
        } catch (IndexOutOfBoundsException e) {
            throw new WebConfigException(
                    origin + ": no curve is named in the key; convert it with: openssl pkcs8 -topk8 -nocrypt", e);
        }
    }

    /** Walks over what stands before it. */
    private static byte[] curve(byte[] sec1) {
        int at = contentAt(sec1, 0);
        while (sec1[at] != (byte) PARAMETERS) {
            at = contentAt(sec1, at) + length(sec1, at);
        }
        int start = contentAt(sec1, at);
        return Arrays.copyOfRange(sec1, start, start + length(sec1, at));
    }

    /** Lengths below 128 take one byte, others one that says how many follow. */
    private static int contentAt(byte[] der, int at) {
        return der[at + 1] >= 0 ? at + 2 : at + 2 + (der[at + 1] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int start = contentAt(der, at);
        int length = der[at + 1];
        if (length < 0) {
            length = 0;
            for (int i = at + 2; i < start; i++) {
                length = (length << 8) | (der[i] & 0xff);
            }
        }
        Objects.checkFromIndexSize(start, length, der.length);
        return length;
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return der(SEQUENCE, VERSION, algorithm, der(OCTET_STRING, key));
    }

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            all.writeBytes(content);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (all.size() < 128) {
            out.write(all.size());
        } else {
            out.write(0x82);
            out.write(all.size() >> 8);
            out.write(all.size());
        }
        out.writeBytes(all.toByteArray());
        return out.toByteArray();
    }
}
