package dev.wavetank.controllers.scheduling;

/** A node that cannot take the pod, and why. */
record RejectedNode(NodeInfo node, Rejection rejection) {}
