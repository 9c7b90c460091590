/** How many lists and objects within one another are read: far beyond what a service takes, and well within what a call stack holds. */
export const deepestRead = 500;
