package io.smi.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            # Prometheus 2.42
            application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | OPENMETRICS
            # Prometheus 3
            application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,/;q=0.1 | OPENMETRICS
            # Prometheus 3 that prefers protobuf, which is not spoken here
            application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1 | OPENMETRICS
            # Prometheus that is told to prefer text
            text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1 | TEXT
            application/openmetrics-text;version=2.0.0 | OPENMETRICS
            application/openmetrics-text               | OPENMETRICS
            Application/OpenMetrics-Text ; Q=1         | OPENMETRICS
            application/openmetrics-text;q=0           | TEXT
            application/openmetrics-text;q=much        | TEXT
            application/openmetrics-text;q=2           | TEXT
            application/openmetrics-text;q=NaN         | TEXT
            application/openmetrics-text, */*          | OPENMETRICS
            application/openmetrics-text;q=0.2, */*    | TEXT
            application/openmetrics-text;q=0.2, text/plain;q=0.1, */* | OPENMETRICS
            text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | TEXT
            text/plain;version=0.0.4                   | TEXT
            application/json                           | TEXT
            */*                                        | TEXT
            /;q=0.1                                    | TEXT
            ,;,;;=                                     | TEXT
            ''                                         | TEXT
            null                                       | TEXT
            """)
    void negotiates(String accept, Exposition format) {
        assertThat(Exposition.negotiate(accept)).isEqualTo(format);
    }

    @Test
    void prometheusThreeAcceptsNoOtherContentTypes() {
        assertThat(Exposition.TEXT.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(Exposition.OPENMETRICS.contentType())
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    }

    @Test
    void nothingIsStillAValidText() {
        MetricSnapshots none = new MetricSnapshots();
        assertThat(Exposition.TEXT.render(none)).isEmpty();
        assertThat(Exposition.OPENMETRICS.render(none))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("# EOF\n");
    }

    @Test
    void severalPartsAreOneText() {
        byte[] text = Exposition.OPENMETRICS.render(
                ServerMetrics.ofVersion("1.2"), FrameMetrics.of(Frames.frame().build()));
        assertThat(ExpositionReader.read(Exposition.OPENMETRICS, new String(text, StandardCharsets.UTF_8)))
                .containsOnlyKeys("smi_build", "smi_frame_timestamp_seconds");
    }
}
