package io.smi.cli.browser;

import io.smi.cli.Peers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A browser for a class of tests, and for each test an empty tab. */
@Tag("peer")
abstract class BrowserTest {
    /** JavaScript: value and unit in a line of a card. */
    static final String METER = "[...document.querySelectorAll('.card')]"
            + ".find(card => card.querySelector('h2').textContent === '%s')"
            + ".querySelectorAll('dl > div').values().find(line => line.querySelector('dt').textContent === '%s')"
            + ".querySelectorAll('b, span').values().toArray().map(node => node.textContent).join(' ').trim()";

    @TempDir
    private static Path profile;

    private static Browser browser;

    Tab tab;

    @BeforeAll
    static void startBrowser() throws Exception {
        Peers.require("chromium");
        browser = Browser.start(profile);
    }

    @AfterAll
    static void stopBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openTab() throws Exception {
        tab = browser.open();
    }

    @AfterEach
    void closeTab() throws Exception {
        tab.close();
    }

    /** Connected, and a frame is on the screen. */
    void awaitLive() throws Exception {
        tab.await("document.querySelector('#state').textContent === 'live'"
                + " && document.querySelector('#time').textContent !== ''");
    }

    String meter(String card, String label) throws Exception {
        return tab.evaluate(METER.formatted(card, label)).asString();
    }

    /** Types a token where the page asks for one, and sends it. */
    void enterToken(String token) throws Exception {
        tab.evaluate("document.querySelector('#token').value = " + Tab.quoted(token));
        tab.click("#answer [type=submit]");
    }
}
