/**
 * The page at {@code /}: what the cluster looks like now, sent a few times a second, and buttons that do things to it. Read
 * {@link dev.wavetank.http.dashboard.DashboardRoutes} first.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http.dashboard;
