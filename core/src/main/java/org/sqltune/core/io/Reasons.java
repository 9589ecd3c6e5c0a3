package org.sqltune.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Why a file can't be read or written, in a user's words. What libraries and the virtual machine throw names classes, which
 * no user can act on; the exception itself is the error's cause, for {@code --verbose}.
 */
public final class Reasons {
    private static final String DAMAGED = "it is damaged";

    private Reasons() {}

    /** A clause without full stop, such as {@code permission denied}. */
    public static String of(Throwable e) {
        if (e instanceof UncheckedIOException && e.getCause() != null) {
            return of(e.getCause());
        }
        if (e instanceof JsonProcessingException json) {
            return "not valid JSON: " + JsonFaults.reason(json);
        }
        if (e instanceof FileSystemException file) {
            return of(file);
        }
        if (e instanceof CharacterCodingException) {
            return "it isn't UTF-8 text";
        }
        if (e instanceof EOFException) {
            return "it ends too early";
        }
        if (e instanceof OutOfMemoryError) {
            return "it needs more memory than Java has (" + (Runtime.getRuntime().maxMemory() >> 20) + " MB)";
        }
        return e instanceof IOException ? words(e.getMessage()) : DAMAGED;
    }

    private static String of(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "the folder isn't empty";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of this name is there already";
        }
        if (e instanceof FileSystemLoopException) {
            return "its links lead in a circle";
        }
        return e.getReason() == null ? "the file system refuses it" : words(e.getReason());
    }

    /** What the operating system says; of a library's message, the first line, unless it is about its own classes. */
    private static String words(@Nullable String message) {
        String first = message == null ? "" : message.lines().findFirst().orElse("").strip();
        boolean internal = first.isEmpty() || first.contains("Exception") || first.matches(".*\\b(?:java|org|com|io)\\.[a-z].*");
        return internal ? DAMAGED : Character.toLowerCase(first.charAt(0)) + first.substring(1);
    }
}
