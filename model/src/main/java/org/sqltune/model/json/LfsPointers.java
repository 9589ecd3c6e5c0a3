package org.sqltune.model.json;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.sqltune.core.SqlTuneException;

/** Recognises what a clone without Git LFS leaves in a large file's place: three lines that say where its content is. */
public final class LfsPointers {
    private static final byte[] BEGINNING =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private LfsPointers() {}

    /**
     * Refuses a pointer.
     *
     * @param beginning the file's first bytes, or all of them
     * @throws SqlTuneException if they are a pointer's
     */
    public static void refuse(Path file, byte... beginning) {
        int length = BEGINNING.length;
        if (beginning.length >= length && Arrays.equals(beginning, 0, length, BEGINNING, 0, length)) {
            throw new SqlTuneException(file + " is a pointer of Git LFS, not the file itself. Run 'git lfs pull' in its"
                    + " folder, or fetch the model with: sqltune download OWNER/NAME");
        }
    }
}
