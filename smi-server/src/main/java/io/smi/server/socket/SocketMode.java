package io.smi.server.socket;

/**
 * The permissions of a socket file. Connecting takes the right to write.
 *
 * @param bits as chmod counts them, 0 to 0777
 */
public record SocketMode(int bits) {
    /** For the owner and the group. */
    public static final SocketMode DEFAULT = new SocketMode(0660);

    private static final int ALL = 0777;

    public SocketMode {
        if (bits < 0 || bits > ALL) {
            throw new IllegalArgumentException("not between 0 and 0777: " + Integer.toOctalString(bits));
        }
    }

    /**
     * Reads three octal digits, with or without a zero before them.
     *
     * @throws IllegalArgumentException with a message for the user on anything else
     */
    public static SocketMode parse(String text) {
        String digits = text.length() == 4 && text.charAt(0) == '0' ? text.substring(1) : text;
        if (digits.length() != 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
            throw new IllegalArgumentException("not an octal mode like 0660: " + text);
        }
        return new SocketMode(Integer.parseInt(digits, 8));
    }

    @Override
    public String toString() {
        return String.format("%04o", bits);
    }
}
