// The steps of a booking.
import "../booking/keep.js";
import "../booking/vin.js";
