package org.sqltune.core.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a library below reported, in words that need no knowledge of that library: part of a one-line message. The one
 * place where such words are translated.
 */
public final class Failures {
    private static final int LONGEST = 200;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]+");
    /** A class's name in front of a message: {@code java.io.IOException: }. */
    private static final Pattern CLASS_NAME = Pattern.compile("\\b(?:[a-z][\\w]*\\.)+[A-Z][\\w$]*(?:: ?|\\b)");

    private static final Pattern UNEXPECTED = Pattern.compile("Unexpected character \\('(.{1,2})'");
    private static final Pattern UNKNOWN_WORD = Pattern.compile("Unrecognized token '([^']*)'");
    private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '([^']*)'");
    private static final Pattern TWICE = Pattern.compile("Duplicate (?:Object property|field) ['\"](.*)['\"]");
    private static final Pattern NO_UTF_8 =
            Pattern.compile("Invalid UTF-8|Invalid UTF-32|surrogate|Illegal character.*only regular white space");

    private static final Pattern ALLOCATION = Pattern.compile("tried to allocate (\\d{1,18}) bytes");

    private Failures() {}

    /** The reason of a failure to read or write, such as {@code permission denied}. */
    public static String reason(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            return reason(wrapped.getCause());
        }
        if (failure instanceof JsonProcessingException json) {
            return jsonReason(json);
        }
        if (failure instanceof FileSystemException file) {
            return fileReason(file);
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (failure instanceof EOFException) {
            return "it ends too early";
        }
        if (failure instanceof ClosedByInterruptException) {
            return "interrupted";
        }
        String message = line(failure);
        if (failure instanceof IOException && !message.isEmpty()) {
            return message;
        }
        return message.isEmpty() ? "internal error" : "internal error: " + message;
    }

    /**
     * Whether something was out of memory outside of Java, as libtorch and CUDA say it: how much was asked for last, in a
     * few words; empty if that wasn't it.
     */
    public static Optional<String> nativeMemory(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            Matcher bytes = ALLOCATION.matcher(message);
            if (bytes.find()) {
                return Optional.of(Long.parseLong(bytes.group(1)) / 1_000_000 + " MB more were not to be had");
            }
            if (message.contains("out of memory") || message.contains("std::bad_alloc")) {
                return Optional.of("no more was to be had");
            }
        }
        return Optional.empty();
    }

    private static String fileReason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        if (e instanceof NotDirectoryException) {
            return "it is no folder";
        }
        String reason = e.getReason();
        return reason == null || reason.isBlank() ? "the system refused it" : printable(reason);
    }

    /** What is wrong with a JSON text, with the line where there is one. */
    private static String jsonReason(JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        String message = String.valueOf(e.getOriginalMessage());
        String problem = jsonProblem(e, message);
        boolean located = place != null && place.getLineNr() > 0;
        return located ? problem + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")" : problem;
    }

    private static String jsonProblem(JsonProcessingException e, String message) {
        if (e instanceof JsonEOFException || message.startsWith("Unexpected end-of-input")) {
            return "the JSON ends too early";
        }
        if (e instanceof StreamConstraintsException) {
            return message.contains("nesting depth")
                    ? "the JSON is nested deeper than 1,000 levels"
                    : "the JSON has a text, name or number that is too long";
        }
        Matcher word = UNKNOWN_WORD.matcher(message);
        if (word.find()) {
            return "'" + printable(word.group(1)) + "' is no JSON";
        }
        Matcher number = NO_NUMBER.matcher(message);
        if (number.find()) {
            return "'" + printable(number.group(1)) + "' is no number in JSON";
        }
        Matcher twice = TWICE.matcher(message);
        if (twice.find()) {
            return "the key '" + printable(twice.group(1)) + "' comes twice";
        }
        if (NO_UTF_8.matcher(message).find()) {
            return "it is not UTF-8 text, or holds a bare control character";
        }
        Matcher character = UNEXPECTED.matcher(message);
        if (character.find()) {
            return "'" + printable(character.group(1)) + "' doesn't belong there in JSON";
        }
        if (message.startsWith("Trailing token")) {
            return "something follows the JSON value";
        }
        // Our own readers' reasons have no place in the text; the parser's others always do.
        return e.getLocation() == null ? printable(message) : "it is no valid JSON";
    }

    /** The first line of a failure's message without names of classes; empty if there is none. */
    private static String line(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return "";
        }
        String first = message.lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        return printable(CLASS_NAME.matcher(first).replaceAll("")).strip();
    }

    private static String printable(String text) {
        String line = CONTROLS.matcher(text).replaceAll("?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
