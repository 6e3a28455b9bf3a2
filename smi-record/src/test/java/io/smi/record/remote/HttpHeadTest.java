package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private static Answer answer(InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in, 16);
        return HttpHead.read(buffered).answer(buffered);
    }

    private static Answer answer(String response) throws IOException {
        return answer(new ByteArrayInputStream(response.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String body(Answer answer) throws IOException {
        return new String(answer.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void head() throws IOException {
        Answer answer = answer("HTTP/1.1 404 Not Found\r\nA: b\r\nLONG-name:  c d \r\nA: second\r\nEmpty:\r\n\r\nrest");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers())
                .containsEntry("a", "b")
                .containsEntry("long-name", "c d")
                .containsEntry("empty", "")
                .hasSize(3);
        assertThat(body(answer)).isEqualTo("rest");
    }

    @Test
    void bareLineFeedsAndNoReason() throws IOException {
        assertThat(body(answer("HTTP/1.0 200\nA: b\n\nrest"))).isEqualTo("rest");
    }

    @Test
    void provisionalResponsesArePassedOver() throws IOException {
        assertThat(body(answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + "\r\nrest")))
                .isEqualTo("rest");
    }

    @Test
    void bodyOfALength() throws IOException {
        assertThat(body(answer(OK + "Content-Length: 3\r\n\r\nabcdef"))).isEqualTo("abc");
        assertThat(body(answer(OK + "Content-Length: 0\r\n\r\nabcdef"))).isEmpty();
        assertThatThrownBy(() -> body(answer(OK + "Content-Length: 3\r\n\r\nab")))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> answer(OK + "Content-Length: -3\r\n\r\nab")).isInstanceOf(IOException.class);
    }

    @Test
    void chunksSplitAnywhere() throws IOException {
        String response = OK
                + "Transfer-Encoding: Chunked\r\n\r\n1\r\na\r\n00b;x=\"y\"\r\nb\r\ncdefghij\r\n2 \r\nkl\r\n0\r\n\r\n";
        byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
        for (int split = 0; split <= bytes.length; split++) {
            InputStream in = new SequenceInputStream(
                    new ByteArrayInputStream(bytes, 0, split),
                    new ByteArrayInputStream(bytes, split, bytes.length - split));
            assertThat(body(answer(in))).as("split at %s", split).isEqualTo("ab\r\ncdefghijkl");
        }
    }

    @Test
    void chunksThatDoNotEndAreNoEnd() {
        String chunks = "3\r\nabc\r\n0\r\n";
        for (int end = 0; end < chunks.length() - 2; end++) {
            String cut = chunks.substring(0, end);
            assertThatThrownBy(() -> body(answer(OK + "Transfer-Encoding: chunked\r\n\r\n" + cut)))
                    .as(cut)
                    .isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "\r\n", "-1\r\n", "80000000\r\nabc", "3\r\nabcd\r\n0\r\n\r\n"})
    void chunksThatAreNone(String chunks) {
        assertThatThrownBy(() -> body(answer(OK + "Transfer-Encoding: chunked\r\n\r\n" + chunks)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 OK\r\n",
                "HTTP/1.1 20\r\n",
                "HTTP/2 200 OK\r\n",
                "\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n"
            })
    void whatIsNoHttp(String response) {
        assertThatThrownBy(() -> answer(response)).hasMessageStartingWith("answers with no HTTP");
    }

    @Test
    void headThatDoesNotEnd() {
        assertThatThrownBy(() -> answer(OK + "A: " + "x".repeat(100_000))).hasMessageContaining("does not end");
        assertThatThrownBy(() -> answer(OK + "A: b\r\n".repeat(20_000))).hasMessageContaining("does not end");
        assertThatThrownBy(() -> answer(OK)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> answer(OK + "Transfer-Encoding: gzip\r\n\r\n")).hasMessageContaining("'gzip'");
    }
}
