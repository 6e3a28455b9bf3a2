package io.smi.record.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Who we say that we are.
 *
 * @param userInfo name and password; null for none
 * @param tokenFile that holds a token; null for none
 */
record Credentials(@Nullable String userInfo, @Nullable Path tokenFile) {
    /** The value of the header of this name; empty for none. The file is read each time, so that it can be changed. */
    String authorization() throws IOException {
        if (tokenFile != null) {
            return "Bearer " + token(new UserFile(tokenFile));
        }
        return userInfo == null
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(UserFile file) throws IOException {
        for (String raw :
                new String(file.read(), StandardCharsets.UTF_8).lines().toList()) {
            String line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                if (!line.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                    throw file.refused("a token must be printable ASCII without blanks", null);
                }
                return line;
            }
        }
        throw file.refused("holds no token", null);
    }
}
