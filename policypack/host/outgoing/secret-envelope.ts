/** The key under which an object says that it is more than an object, and what it may say there. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
