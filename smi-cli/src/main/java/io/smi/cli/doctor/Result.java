package io.smi.cli.doctor;

/**
 * A check and what it found.
 *
 * @param id for programs, such as {@code reader.rapl}
 * @param seconds how long it took
 */
public record Result(String id, String title, Finding finding, double seconds) {}
