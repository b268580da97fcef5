trigger StaticallyQueued on Account(before insert) {
  // It has the name of a class, which both keep.
  StaticallyQueued.runs += 10;
}
