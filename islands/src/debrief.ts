import "./styles/console.css";
import "./islands/debrief/element";
