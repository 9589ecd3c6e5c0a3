package org.sqltune.inference;

import java.io.UncheckedIOException;
import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A history that is kept for this session alone where its file can't be written, as on a full disk. */
final class ForgivingHistory extends DefaultHistory {
    private static final Logger log = LoggerFactory.getLogger(ForgivingHistory.class);

    private boolean warned;

    @Override
    public void add(Instant time, String line) {
        try {
            super.add(time, line);
        } catch (UncheckedIOException e) {
            if (!warned) {
                log.warn("typed lines can't be kept for the next session: {}", e.getMessage());
            }
            warned = true;
        }
    }
}
