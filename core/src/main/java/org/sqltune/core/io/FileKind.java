package org.sqltune.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is by its first bytes, whatever its name says: for errors that name what lies there instead of what was
 * wanted.
 */
public enum FileKind {
    /** What Git leaves in a file's place where its Large File Storage isn't installed. */
    LFS_POINTER(
            "version https://git-lfs.github.com/spec/",
            "is a Git LFS pointer, not the file itself: run git lfs pull in its folder, or download the file"),
    PARQUET("PAR1", "is a Parquet file: end its name in .parquet"),
    ENCRYPTED_PARQUET("PARE", "is an encrypted Parquet file: write it again without encryption"),
    SQLITE("SQLite format 3\0", "is an SQLite database: name it as data.database or --db"),
    GZIP("\u001f\u008b", "is compressed with gzip: unpack it first, for example with gunzip"),
    ZIP("PK\u0003\u0004", "is a zip archive: unpack it first"),
    ZSTD("(\u00b5/\u00fd", "is compressed with zstd: unpack it first, for example with unzstd"),
    BZIP2("BZh91AY&SY", "is compressed with bzip2: unpack it first, for example with bunzip2"),
    XZ("\u00fd7zXZ\0", "is compressed with xz: unpack it first, for example with unxz"),
    PDF("%PDF-", "is a PDF document: take the data set's own file"),
    PICKLE("\u0080\u0002", "is a Python pickle: write it again as safetensors or JSON"),
    ARROW("ARROW1", "is an Arrow file: write it again as Parquet"),
    HTML("<!doctype html", "is a web page: download the file itself, not the page that shows it"),
    HTML_WITHOUT_TYPE("<html", "is a web page: download the file itself, not the page that shows it");

    private static final int HEAD = 64;

    private final String beginning;
    private final String remedy;

    FileKind(String beginning, String remedy) {
        this.beginning = beginning;
        this.remedy = remedy;
    }

    /** The kind of a file; empty if it is none of these, or can't be read. */
    public static Optional<FileKind> of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD));
        } catch (IOException e) {
            // Whoever reads the file says what is wrong with it.
            return Optional.empty();
        }
    }

    private static Optional<FileKind> of(byte[] beginning) {
        String head = new String(beginning, StandardCharsets.ISO_8859_1);
        for (FileKind kind : values()) {
            boolean page = kind.beginning.startsWith("<");
            String found = page ? head.stripLeading().toLowerCase(Locale.ROOT) : head;
            if (found.startsWith(kind.beginning)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /**
     * What is wrong with a file's kind: {@code " is …: remedy"}, to stand behind its name; the empty text if it is of the
     * kind that was wanted, or of none that is known.
     */
    public static String unless(FileKind wanted, Path file) {
        return of(file).filter(kind -> kind != wanted).map(FileKind::sentence).orElse("");
    }

    /** The same for files of text. */
    public static String unlessText(Path file) {
        return of(file).map(FileKind::sentence).orElse("");
    }

    private String sentence() {
        return " " + remedy;
    }
}
