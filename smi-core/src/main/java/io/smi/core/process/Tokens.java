package io.smi.core.process;

/** Words that are secrets by their own look: those that begin as the issuers of access tokens let theirs begin. */
final class Tokens {
    private static final int SHORTEST = 20;

    private static final String[] BEGINNINGS = {
        "eyJ", // JSON Web Tokens
        "AIza",
        "ya29.", // Google
        "dop_v1_", // DigitalOcean
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_", // GitHub
        "glpat-", // GitLab
        "hf_", // Hugging Face
        "hvs.", // Vault
        "npm_", // npm
        "nvapi-", // NVIDIA
        "pypi-", // PyPI
        "rk_live_",
        "sk_live_", // Stripe
        "SG.", // SendGrid
        "sk-", // OpenAI, Anthropic
        "xoxa-",
        "xoxb-",
        "xoxp-",
        "xoxs-" // Slack
    };

    private Tokens() {}

    /** Where the token that begins here ends; here when none does. */
    static int end(String text, int at) {
        if (text.length() - at < SHORTEST || (at > 0 && isPart(text.charAt(at - 1))) || !begins(text, at)) {
            return at;
        }
        int end = at;
        boolean digit = false;
        while (end < text.length() && isPart(text.charAt(end))) {
            digit |= isDigit(text.charAt(end));
            end++;
        }
        return digit && end - at >= SHORTEST && !isHyphenated(text, at, end) ? end : at;
    }

    /** Whether it begins as OpenAI's tokens and is a name of many words ({@code sk-learn-gbdt-model-v2}). */
    private static boolean isHyphenated(String text, int from, int to) {
        if (!text.startsWith("sk-", from) || text.startsWith("sk-ant-", from) || text.startsWith("sk-proj-", from)) {
            return false;
        }
        int run = 0;
        for (int i = from; i < to && run < SHORTEST; i++) {
            run = text.charAt(i) == '-' ? 0 : run + 1;
        }
        return run < SHORTEST;
    }

    private static boolean begins(String text, int at) {
        for (String beginning : BEGINNINGS) {
            if (text.startsWith(beginning, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
