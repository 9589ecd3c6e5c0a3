package org.sqltune.data.verify;

import org.jspecify.annotations.Nullable;

/**
 * What was found in a file of rows.
 *
 * @param file its name below the data set's folder
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal digits
 * @param rows rows that can be read
 * @param publishedRows rows that the data set has as published; null if that isn't known
 * @param faults rows, or ends of files, that can't be read
 * @param firstFault the first of them in words; empty if there is none
 */
public record VerifiedFile(
        String file,
        long bytes,
        String sha256,
        int rows,
        @Nullable Integer publishedRows,
        int faults,
        String firstFault) {
    /** Whether every row can be read, and as many are there as were published. */
    public boolean isWhole() {
        return faults == 0 && (publishedRows == null || publishedRows == rows);
    }
}
