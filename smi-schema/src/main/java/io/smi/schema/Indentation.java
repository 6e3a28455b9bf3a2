package io.smi.schema;

import java.io.ByteArrayOutputStream;

/** Lays compact JSON out for people: one value a line, two spaces a level; empty arrays and objects stay together. */
final class Indentation {
    private final byte[] json;
    private final ByteArrayOutputStream out;
    private int level;

    private Indentation(byte[] json) {
        this.json = json;
        this.out = new ByteArrayOutputStream(json.length * 2);
    }

    static byte[] of(byte[] json) {
        Indentation indentation = new Indentation(json);
        for (int i = 0; i < json.length; ) {
            i = indentation.token(i);
        }
        return indentation.out.toByteArray();
    }

    /** Lays out what stands at this place, and gives the place behind it. */
    private int token(int at) {
        byte b = json[at];
        switch (b) {
            case '"' -> {
                int end = stringEnd(at);
                out.write(json, at, end - at);
                return end;
            }
            case '{', '[' -> {
                out.write(b);
                if (json[at + 1] == '}' || json[at + 1] == ']') {
                    out.write(json[at + 1]);
                    return at + 2;
                }
                newLine(++level);
            }
            case '}', ']' -> {
                newLine(--level);
                out.write(b);
            }
            case ',' -> {
                out.write(b);
                newLine(level);
            }
            case ':' -> {
                out.write(b);
                out.write(' ');
            }
            default -> out.write(b);
        }
        return at + 1;
    }

    private int stringEnd(int quote) {
        int at = quote + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private void newLine(int indent) {
        out.write('\n');
        for (int i = 0; i < indent; i++) {
            out.write(' ');
            out.write(' ');
        }
    }
}
