// The steps of a booking.
import "../booking/files.js";
import "../booking/vin.js";
