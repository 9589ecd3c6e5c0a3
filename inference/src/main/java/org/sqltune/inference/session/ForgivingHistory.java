package org.sqltune.inference.session;

import java.io.UncheckedIOException;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A history whose file may be broken (a folder, not UTF-8): then it is for this session alone. */
final class ForgivingHistory extends DefaultHistory {
    private static final Logger log = LoggerFactory.getLogger(ForgivingHistory.class);

    @Override
    public void attach(LineReader reader) {
        try {
            super.attach(reader);
        } catch (UncheckedIOException e) {
            log.warn(
                    "earlier lines can't be read from {}: {}; remove it to have a history again",
                    reader.getVariable(LineReader.HISTORY_FILE),
                    e.getMessage());
            reader.setVariable(LineReader.HISTORY_FILE, null);
        }
    }
}
