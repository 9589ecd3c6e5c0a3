package org.sqltune.core.sql.recognizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes queries by choosing each byte by chance among those that are allowed. */
final class RandomWalk {
    private final Random random;

    RandomWalk(Random random) {
        this.random = random;
    }

    /**
     * A whole query.
     *
     * @param longest bytes after which it is ended
     */
    String from(QueryRecognizer start, int longest) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        QueryRecognizer at = start;
        while (text.size() < longest) {
            if (at.mayEnd() && random.nextInt(8) == 0) {
                return text.toString(StandardCharsets.UTF_8);
            }
            List<Byte> allowed = new ArrayList<>();
            for (int each = 0; each < 256; each++) {
                // Whole characters, so that the text can be compared; spaces less often than one in each place.
                boolean fits = each < 128 && (each > ' ' || random.nextInt(3) == 0);
                if (fits && at.next((byte) each) != null) {
                    allowed.add((byte) each);
                }
            }
            if (allowed.isEmpty()) {
                break;
            }
            byte chosen = allowed.get(random.nextInt(allowed.size()));
            text.write(chosen);
            at = at.next(chosen);
        }
        byte[] ending = at.ending();
        text.writeBytes(ending);
        QueryRecognizer end = at.next(ending);
        if (end == null || !end.mayEnd()) {
            throw new IllegalStateException("not ended: " + text.toString(StandardCharsets.UTF_8));
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
